import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { privacyOf } from "../../../utils/officer"
import { identifiersOf, parseBulkBody, previewSchema } from "../bulk-input"

/**
 * POST /admin/privacy-requests/preview: what a list means, as JSON or, with `accept: text/csv`, every line that did not match as CSV.
 * JSON body or multipart with `file`. Needs `erase`.
 */
export const POST = async (req: MedusaRequest, res: MedusaResponse) => {
  const body = parseBulkBody(previewSchema, req)
  const input = { ...body, identifiers: identifiersOf(req, body) }
  if (!req.accepts(["json", "csv"]) || req.accepts(["json", "csv"]) === "json") {
    res.json({ preview: await privacyOf(req).previewBulkErasure(input) })
    return
  }
  res.set({ "content-type": "text/csv; charset=utf-8", "cache-control": "no-store", "content-disposition": 'attachment; filename="unmatched.csv"' })
  res.write("\uFEFFline,identifier,outcome,reason\r\n")
  await privacyOf(req).eachUnmatchedLine(input, async (lines) => {
    res.write(lines.map(({ line, identifier, outcome, reason }) => [String(line), cell(identifier), outcome, cell(reason ?? "")].join(",") + "\r\n").join(""))
  })
  res.end()
}

/** Quoted, and with a leading apostrophe where a spreadsheet would see a formula (OWASP, CSV injection). */
function cell(value: string): string {
  const text = /^[\s\uFEFF\u200B]*[=+\-@\t\r\n\0＝＋－＠]/.test(value) ? `'${value}` : value
  return `"${text.replace(/"/g, '""')}"`
}
