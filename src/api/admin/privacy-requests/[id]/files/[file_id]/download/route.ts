import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { byteRange } from "../../../../../../utils/byte-range"
import { actorOf, privacyOf } from "../../../../../../utils/officer"

/**
 * GET /admin/privacy-requests/:id/files/:file_id/download: the zip as a stream, or a range of it. Needs `extract`; every download is audited.
 *
 * 200, 206 or 416; 404 with the same words for a file that never was, is another request's, has expired or was destroyed.
 */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  const { id, file_id } = req.params
  const file = await privacyOf(req).openFile(id, file_id)
  res.set({
    "content-type": "application/zip",
    // The name is ours: letters, digits and dashes, so that RFC 6266 needs no second form.
    "content-disposition": `attachment; filename="${file.name}"`,
    "cache-control": "no-store",
    "accept-ranges": "bytes",
    "x-content-type-options": "nosniff",
  })
  const range = byteRange(req.headers.range, file.size)
  if (range === "unsatisfiable") {
    res.status(416).set("content-range", `bytes */${file.size}`).end()
    return
  }
  const { start, end } = range ?? { start: 0, end: file.size - 1 }
  if (range) {
    res.status(206).set("content-range", `bytes ${start}-${end}/${file.size}`)
  }
  res.set("content-length", String(end - start + 1))
  if (req.method === "HEAD") {
    res.end()
    return
  }
  let bytes: AsyncIterable<Buffer>
  try {
    bytes = await privacyOf(req).downloadFile(id, file, { start, end }, actorOf(req))
  } catch (error) {
    for (const header of ["content-type", "content-disposition", "content-length", "content-range", "accept-ranges"]) {
      res.removeHeader(header)
    }
    throw error
  }
  try {
    await pipeline(Readable.from(bytes, { objectMode: false }), res)
  } catch (error) {
    // Too late for an answer: the connection breaks off, and the client sees fewer bytes than it was promised.
    const { code } = error as { code?: string }
    if (code !== "ERR_STREAM_PREMATURE_CLOSE") {
      req.scope.resolve(ContainerRegistrationKeys.LOGGER).error(`Privacy: the download of ${file_id} broke off (${code ?? "the archive is damaged"}).`)
    }
    res.destroy()
  }
}
