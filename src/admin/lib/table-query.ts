/** Reads what the table writes into the address: a JSON text, or a bare word written by hand. */
const parse = (param: string): unknown => {
  try {
    return JSON.parse(param)
  } catch {
    return param
  }
}

export const toText = (param?: string): string | undefined => {
  const value = param && parse(param)

  return typeof value === "string" || typeof value === "number"
    ? String(value)
    : undefined
}

/** A range of times as the API takes it; the table's own operators begin with "$". */
export const toRange = (
  param?: string
): { gte?: string; lte?: string } | undefined => {
  const value = param && parse(param)

  if (!value || typeof value !== "object") {
    return undefined
  }

  const { $gte, $lte } = value as { $gte?: string; $lte?: string }

  return $gte || $lte
    ? { ...($gte ? { gte: $gte } : {}), ...($lte ? { lte: $lte } : {}) }
    : undefined
}

/** Rows of a list on one page. */
export const PAGE_SIZE = 20

/** The part of a list the address asks for, as the API takes it. */
export const toPage = (offset?: string) => ({
  limit: PAGE_SIZE,
  offset: Number(offset) || 0,
})
