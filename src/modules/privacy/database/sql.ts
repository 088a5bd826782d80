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
