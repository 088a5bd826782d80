import { createReadStream } from "node:fs"
import type { MedusaRequest } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"
import { METHODS } from "../../../modules/privacy/data-map/definition"
import { FORMATS } from "../../../modules/privacy/extraction/customer-files"
import type { Permission } from "../../../modules/privacy/permissions/permissions"
import { VALUE_CHOICES } from "../../../modules/privacy/vocabulary"
import { listOf, readIdentifierList, type ListedIdentifier } from "../../../modules/privacy/subjects/identifier-list"
import { uploadedFile } from "../../utils/uploads"

/** Typed lists are for people; longer ones are files. */
const MOST_TYPED = 10_000

const list = {
  identifier_type: z.string().min(1).max(50),
  identifiers: z.array(z.string().max(1000)).min(1).max(MOST_TYPED).optional(),
}

const filing = {
  reason: z.string().trim().max(2000).nullish(),
  scheduled_for: z.coerce.date().nullish(),
  plan_hash: z.string().regex(/^[0-9a-f]{64}$/).optional(),
}

const erasure = {
  type: z.literal("erasure"),
  method: z.enum(METHODS).optional(),
  profile_id: z.string().min(1).nullish(),
  /** What becomes of store credit and gift cards. Default "invalidate". */
  value: z.enum(VALUE_CHOICES).optional(),
  ...list,
}

const access = { type: z.literal("access"), ...list }

const format = z.enum(FORMATS)

export const previewSchema = z.discriminatedUnion("type", [
  z.object(erasure).strict(),
  z.object({ ...access, format: format.optional() }).strict(),
])

export const bulkRequestSchema = z.discriminatedUnion("type", [
  z
    .object({
      ...erasure,
      ...filing,
      /** The number of subjects, as the officer typed it. */
      confirm: z.coerce.number().int().min(0),
    })
    .strict(),
  z.object({ ...access, ...filing, format }).strict(),
])

/** What a list is for decides which permission it takes. */
export const permissionOf = (body: unknown): Permission => ((body as { type?: unknown } | undefined)?.type === "access" ? "extract" : "erase")

/**
 * Checks a body that came as JSON or as the fields of a multipart form.
 *
 * @throws MedusaError INVALID_DATA naming the field
 */
export function parseBulkBody<Schema extends z.ZodType>(schema: Schema, req: MedusaRequest): z.output<Schema> {
  const parsed = schema.safeParse(req.body)
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "body"}: ${message}`)
    throw new MedusaError(MedusaError.Types.INVALID_DATA, `Invalid request: ${problems.join("; ")}`)
  }
  return parsed.data
}

/**
 * The identifiers of a request: typed, or read from the uploaded file as a stream.
 *
 * @throws MedusaError INVALID_DATA when there are neither or both
 */
export function identifiersOf(req: MedusaRequest, { identifiers }: { identifiers?: string[] }): AsyncIterable<ListedIdentifier[]> {
  const file = uploadedFile(req)
  if (Boolean(file) === Boolean(identifiers)) {
    throw new MedusaError(MedusaError.Types.INVALID_DATA, "Send either `identifiers` or a `file`.")
  }
  return file ? readIdentifierList(createReadStream(file.path)) : listOf(identifiers as string[])
}
