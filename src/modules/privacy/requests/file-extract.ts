import { MedusaError } from "@medusajs/framework/utils"
import { recordAudit, type Actor } from "../audit/record"
import { conflict } from "../conflict"
import { LOCK, takeLock } from "../database/locks"
import { newId } from "../database/new-id"
import type { Session } from "../database/session"
import { UNKNOWN_CUSTOMER_EMAIL } from "../erasure/unknown-customer"
import type { ExtractFormat } from "../extraction/customer-files"
import type { PrivacyOptions } from "../options"
import { normalizeEmail } from "../database/email-form/normalize-email"
import { hashIdentifier, redactEmail } from "../subjects/identifiers"
import { INSERT_SUBJECT, newPseudonym, newReference } from "./file-erasure"
import { dueDate } from "./due-date"

/** What an officer asks for on the customer page. */
export interface ExtractInput {
  customer_id: string
  format: ExtractFormat
  /** Language of whoever asks, for what explains the archive. */
  language: string
  actor: Actor
}

/** States in which a request has not come to its end. */
const UNDER_WAY = "('awaiting_approval', 'scheduled', 'pending', 'in_progress', 'stopped')"

/** The extract of a customer that is under way. */
export async function activeExtract(session: Session, customerId: string): Promise<{ id: string; status: string } | null> {
  const { rows } = await session.run<{ id: string; status: string }>(
    `SELECT r.id, r.status FROM privacy_subject AS s JOIN privacy_request AS r ON r.id = s.request_id
     WHERE s.customer_id = $1 AND s.deleted_at IS NULL AND s.status = 'pending' AND r.type = 'access' AND r.status IN ${UNDER_WAY}
     ORDER BY r.created_at DESC LIMIT 1`,
    [customerId]
  )
  return rows[0] ?? null
}

/**
 * Files an extract of one customer.
 *
 * @returns the id of the request
 * @throws MedusaError NOT_FOUND, NOT_ALLOWED (400); CONFLICT (409) when erased or under way
 */
export async function fileExtract(session: Session, options: PrivacyOptions, input: ExtractInput): Promise<string> {
  // Two clicks at once: the second waits here and then finds the first one's request.
  await takeLock(session, LOCK.customer(input.customer_id))
  const { rows: erased } = await session.run("SELECT 1 FROM privacy_ledger_entry WHERE customer_id = $1 AND deleted_at IS NULL", [input.customer_id])
  if (erased.length) {
    throw conflict("This customer's data was erased: there is nothing left to extract.")
  }
  const { rows } = await session.run<{ email: string | null }>("SELECT email FROM customer WHERE id = $1", [input.customer_id])
  if (!rows.length) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `Customer with id: ${input.customer_id} was not found`)
  }
  const [type, identifier] = rows[0].email?.trim() ? ["email", normalizeEmail(rows[0].email)] : ["customer_id", input.customer_id]
  if (identifier === UNKNOWN_CUSTOMER_EMAIL) {
    throw new MedusaError(MedusaError.Types.NOT_ALLOWED, "The Unknown Customer holds the orders of deleted customers: it is nobody's data.")
  }
  if (await activeExtract(session, input.customer_id)) {
    throw conflict("An extract of this customer is already under way.")
  }
  const { actor, format, language } = input
  const requestId = await insertAccessRequest(session, options, { actor, format, language, origin: "customer_page" })
  const subjectId = newId("prvsub")
  await session.run(
    INSERT_SUBJECT,
    [
      subjectId, requestId, input.customer_id, type, hashIdentifier(options.hashKeys, type, identifier),
      type === "email" ? redactEmail(identifier) : identifier, newPseudonym(), null,
    ]
  )
  await recordAudit(session, [{ action: "extract.requested", actor, requestId, subjectId, customerId: input.customer_id, details: { format } }])
  return requestId
}

/** What an access request is filed with. */
export interface AccessRequest {
  actor: Actor
  format: ExtractFormat
  language: string
  origin: "customer_page" | "bulk"
  reason?: string | null
  scheduled_for?: Date | null
  plan_hash?: string | null
}

/**
 * An access request takes nothing away: it waits neither for another officer nor for an undo window.
 *
 * @returns its id
 */
export async function insertAccessRequest(session: Session, { due_days }: Pick<PrivacyOptions, "due_days">, request: AccessRequest): Promise<string> {
  const id = newId("prvreq")
  await session.run(
    `INSERT INTO privacy_request (id, reference, type, format, language, status, origin, requested_by, requested_by_type, reason, overrides, plan_hash, scheduled_for, due_at)
     SELECT $1, $2, 'access', $3, $4, CASE WHEN $10::timestamptz > now() THEN 'scheduled' ELSE 'pending' END, $5, $6, $7, $8, '{}', $9,
       CASE WHEN $10::timestamptz > now() THEN $10::timestamptz END, ${dueDate("$11")}`,
    [
      id, newReference(), request.format, request.language, request.origin, request.actor.id, request.actor.type, request.reason?.trim() || null,
      request.plan_hash ?? null, request.scheduled_for ?? null, due_days ?? null,
    ]
  )
  return id
}

/** Subjects that are copied by one statement: few enough that they are gone before the garbage collector takes them for something that stays. */
const BATCH = 1000

/**
 * Files an extract of the same subjects anew, for when its archives have expired or were destroyed. Who was erased is left out.
 *
 * @returns the id of the new request
 * @throws MedusaError NOT_FOUND; NOT_ALLOWED for an erasure; CONFLICT (409) while it is under way or when nobody is left
 */
export async function repeatExtract(session: Session, options: PrivacyOptions, id: string, language: string, actor: Actor): Promise<string> {
  const { rows } = await session.run<{ type: string; format: ExtractFormat; origin: AccessRequest["origin"]; reference: string; under_way: boolean }>(
    `SELECT type, format, origin, reference, status IN ${UNDER_WAY} AS under_way FROM privacy_request WHERE id = $1 FOR UPDATE`,
    [id]
  )
  const [request] = rows
  if (!request) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `Privacy request with id: ${id} was not found`)
  }
  if (request.type !== "access") {
    throw new MedusaError(MedusaError.Types.NOT_ALLOWED, "Only an extract can be repeated.")
  }
  if (request.under_way) {
    throw conflict("This extract is still under way: wait for its end, or resume it.")
  }
  const { format, origin } = request
  const requestId = await insertAccessRequest(session, options, { actor, format, language, origin })
  let count = 0
  let only: { id: string; customer_id: string } | null = null
  for (let after = ""; ; ) {
    const { rows: subjects } = await session.run<{ id: string; customer_id: string; identifier_type: string; identifier_hash: string; identifier_redacted: string }>(
      `SELECT s.id, s.customer_id, s.identifier_type, s.identifier_hash, s.identifier_redacted FROM privacy_subject AS s JOIN customer AS c ON c.id = s.customer_id
       WHERE s.request_id = $1 AND s.deleted_at IS NULL AND s.id > $2
         AND NOT EXISTS (SELECT 1 FROM privacy_ledger_entry AS l WHERE l.customer_id = s.customer_id AND l.deleted_at IS NULL)
       ORDER BY s.id LIMIT ${BATCH}`,
      [id, after]
    )
    if (!subjects.length) {
      break
    }
    const ids = subjects.map(() => newId("prvsub"))
    await session.run(
      `INSERT INTO privacy_subject (id, request_id, customer_id, identifier_type, identifier_hash, identifier_redacted, pseudonym)
       SELECT id, $7, customer_id, type, hash, redacted, pseudonym
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) AS s (id, customer_id, type, hash, redacted, pseudonym)`,
      [
        ids,
        subjects.map(({ customer_id }) => customer_id),
        subjects.map(({ identifier_type }) => identifier_type),
        subjects.map(({ identifier_hash }) => identifier_hash),
        subjects.map(({ identifier_redacted }) => identifier_redacted),
        subjects.map(() => newPseudonym()),
        requestId,
      ]
    )
    count += subjects.length
    only = { id: ids[0], customer_id: subjects[0].customer_id }
    after = subjects[subjects.length - 1].id
  }
  if (!count) {
    throw conflict("Nobody is left to extract: every customer of this request was erased.")
  }
  await recordAudit(session, [
    {
      action: "extract.requested",
      actor,
      requestId,
      ...(count === 1 && only ? { subjectId: only.id, customerId: only.customer_id } : {}),
      details: { format, subjects: count, repeats: id },
    },
  ])
  return requestId
}
