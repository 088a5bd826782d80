import { unlink } from "node:fs/promises"
import os from "node:os"
import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import multer from "multer"
import { checkFileName } from "../../modules/privacy/subjects/identifier-list"

/** A list of a few million identifiers; beyond that something else was uploaded. */
const LARGEST_FILE = 256 * 1024 * 1024

const upload = multer({
  // On disk, not in memory: the size of an upload must not be the size of the process.
  storage: multer.diskStorage({ destination: os.tmpdir() }),
  limits: { fileSize: LARGEST_FILE, files: 1, fields: 20, fieldSize: 64 * 1024 },
  fileFilter: (_req, file, done) => {
    try {
      checkFileName(file.originalname)
      done(null, true)
    } catch (error) {
      done(error as Error)
    }
  },
}).single("file")

/** Takes a multipart upload of one list; other bodies pass. The file is removed when the answer is sent, whatever the answer is. */
export function takeUpload(req: MedusaRequest, res: MedusaResponse, next: MedusaNextFunction): void {
  upload(req as never, res as never, (error: unknown) => {
    const file = uploadedFile(req)
    if (file) {
      res.once("close", () => void unlink(file.path).catch(() => undefined))
    }
    if (error instanceof multer.MulterError) {
      const tooLarge = error.code === "LIMIT_FILE_SIZE" ? ` The file is larger than ${LARGEST_FILE / 1024 / 1024} MB: split it.` : ""
      return next(new MedusaError(MedusaError.Types.INVALID_DATA, `The upload was refused: ${error.message}.${tooLarge}`))
    }
    next(error as Error)
  })
}

/** The uploaded list, if there is one. */
export const uploadedFile = (req: MedusaRequest) => (req as MedusaRequest & { file?: { path: string } }).file
