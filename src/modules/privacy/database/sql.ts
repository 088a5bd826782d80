/** Quotes a name (table, column) for use in SQL text. */
export function name(value: string): string {
  return `"${value.replace(/"/g, '""')}"`
}

/** Quotes a constant for use in SQL text. Only for values from declarations, never for request data: that goes as parameters. */
export function literal(value: string | number | boolean | null): string {
  if (value === null) {
    return "NULL"
  }
  if (typeof value === "string") {
    return value.includes("\\") ? `E'${value.replace(/\\/g, "\\\\").replace(/'/g, "''")}'` : `'${value.replace(/'/g, "''")}'`
  }
  return String(value)
}

/**
 * The comparison form of an e-mail address as SQL: blanks trimmed, NFKC, lower case; no dot or plus folding.
 * Both sides of every comparison go through this one expression, so they cannot drift apart.
 */
export function normalizedEmail(expression: string): string {
  const trimmed = `btrim(${expression}, E' \\t\\r\\n\\u00A0\\uFEFF\\u200B')`
  // NFKC leaves plain ASCII as it is, and costs four times the rest: only what has a longer character goes through it.
  return `lower(CASE WHEN octet_length(${expression}) = char_length(${expression}) THEN btrim(${expression}, E' \\t\\r\\n') ELSE normalize(${trimmed}, NFKC) END)`
}
