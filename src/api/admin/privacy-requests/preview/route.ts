import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { privacyOf } from "../../../utils/officer"
import { safeText } from "../../../../modules/privacy/extraction/csv"
import { identifiersOf, parseBulkBody, previewSchema } from "../bulk-input"

/**
 * POST /admin/privacy-requests/preview: what a list means, as JSON or, with `accept: text/csv`, every line that did not match as CSV.
 * JSON body or multipart with `file`. Needs `erase`, for an extract `extract`.
 */
export const POST = async (req: MedusaRequest, res: MedusaResponse) => {
  const body = parseBulkBody(previewSchema, req)
  const input = { ...body, identifiers: identifiersOf(req, body) }
  if (!req.accepts(["json", "csv"]) || req.accepts(["json", "csv"]) === "json") {
    res.json({ preview: await privacyOf(req).previewBulk(input) })
    return
  }
  res.set({ "content-type": "text/csv; charset=utf-8", "cache-control": "no-store", "content-disposition": 'attachment; filename="unmatched.csv"' })
  res.write("\uFEFFline,identifier,outcome,reason\r\n")
  await privacyOf(req).eachUnmatchedLine(input, async (lines) => {
    res.write(lines.map(({ line, identifier, outcome, reason }) => [String(line), cell(identifier), outcome, cell(reason ?? "")].join(",") + "\r\n").join(""))
  })
  res.end()
}

/** Quoted, and with a leading apostrophe where a spreadsheet would see a formula. */
const cell = (value: string) => `"${safeText(value).replace(/"/g, '""')}"`
