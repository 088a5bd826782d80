import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { ReconciledLine } from "../../../../modules/privacy/subjects/reconcile"
import { privacyOf } from "../../../utils/officer"
import { writeSlowly } from "../../../utils/write-slowly"
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
  const begin = async () => {
    res.set({ "content-type": "text/csv; charset=utf-8", "cache-control": "no-store", "content-disposition": 'attachment; filename="unmatched.csv"' })
    await writeSlowly(res, "\uFEFFline,identifier,outcome,reason\r\n")
  }
  try {
    await privacyOf(req).eachUnmatchedLine(input, async (lines) => {
      if (!res.headersSent) {
        await begin()
      }
      await writeSlowly(res, lines.map(rowOf).join(""))
    })
    if (!res.headersSent) {
      await begin()
    }
    res.end()
  } catch (error) {
    if (!res.headersSent) {
      // Nothing was sent before the whole list was read: a bad file is answered as such.
      throw error
    }
    // A connection that breaks tells the client that lines are missing.
    res.destroy(error as Error)
  }
}

const rowOf = ({ line, identifier, outcome, reason }: ReconciledLine) =>
  [String(line), cell(identifier), outcome, cell(reason ?? "")].join(",") + "\r\n"

/** Quoted, and with a leading apostrophe where a spreadsheet would see a formula. */
const cell = (value: string) => `"${safeText(value).replace(/"/g, '""')}"`
