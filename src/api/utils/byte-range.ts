/**
 * Reads a Range header (RFC 9110, 14.1.2). Only a single range is served; anything else is answered with the whole, as the RFC allows.
 *
 * @param size bytes of the whole
 * @returns first and last byte; null for the whole; "unsatisfiable" when the range begins behind the end
 */
export function byteRange(header: string | undefined, size: number): { start: number; end: number } | "unsatisfiable" | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? "")
  if (!match || (!match[1] && !match[2])) {
    return null
  }
  const [first, last] = [match[1] && Number(match[1]), match[2] && Number(match[2])]
  if (first === "") {
    // The last so many bytes.
    return last ? { start: Math.max(0, size - Number(last)), end: size - 1 } : "unsatisfiable"
  }
  if (last !== "" && last < first) {
    return null
  }
  return first < size ? { start: first, end: last === "" ? size - 1 : Math.min(last, size - 1) } : "unsatisfiable"
}
