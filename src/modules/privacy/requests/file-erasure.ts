import { randomBytes } from "node:crypto"
import { MedusaError } from "@medusajs/framework/utils"
import { recordAudit, type Actor } from "../audit/record"
import { conflict } from "../conflict"
import { LOCK, takeLock } from "../database/locks"
import { newId } from "../database/new-id"
import type { Session } from "../database/session"
import { normalizedEmail } from "../database/email-form/normalize-email-sql"
import { refuseUnclassified, type Coverage } from "../data-map/coverage"
import type { Method } from "../data-map/definition"
import { UNKNOWN_CUSTOMER_EMAIL } from "../erasure/unknown-customer"
import type { HashKeys, PrivacyOptions } from "../options"
import { normalizeEmail } from "../database/email-form/normalize-email"
import { hashIdentifier, redactEmail, sameText } from "../subjects/identifiers"
import { accountsOfGuests, identityHash } from "../subjects/identity"
import type { Language, ValueChoice } from "../vocabulary"
import { refuseIdentifyingReason } from "./check-reason"
import { dueDate } from "./due-date"

/** What an officer asks for on the customer page. */
export interface ErasureInput {
  customer_id: string
  /** Hash of the address the officer typed (`confirmationOf`): the address itself travels no further than the route. */
  confirmation: string
  method?: Method
  profile_id?: string | null
  reason?: string | null
  /** Codes of holds to force. */
  override?: string[]
  /** What becomes of store credit and gift cards: made worthless (the default), or the erasure is held until they are settled. */
  value?: ValueChoice
  /** Language of whoever asks, for what the admin's bell says. Default "en". */
  language?: Language
  actor: Actor
}

/** What people quote: short, without letters that look alike. */
export function newReference(): string {
  const alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
  return `PR-${[...randomBytes(8)].map((byte) => alphabet[byte % alphabet.length]).join("")}`
}

/** Hash of a typed address, case-insensitive and trimmed. */
export const confirmationOf = (keys: HashKeys, typed: string) => hashIdentifier(keys, "confirmation", normalizeEmail(typed))

/** Random, so that nobody can derive it from the old address. */
export const newPseudonym = () => `erased-${randomBytes(10).toString("hex")}`

/**
 * Files an erasure request for one customer, after every check that needs no lock on the data itself.
 *
 * @returns the id of the request
 * @throws MedusaError NOT_FOUND, INVALID_DATA (400), NOT_ALLOWED (400); CONFLICT (409) when erased already or under way
 */
export async function fileErasure(
  session: Session,
  options: PrivacyOptions,
  coverage: Coverage,
  input: ErasureInput
): Promise<string> {
  // Two clicks at once: the second waits here and then finds the first one's request.
  await takeLock(session, LOCK.customer(input.customer_id))
  const { rows: erased } = await session.run("SELECT 1 FROM privacy_ledger_entry WHERE customer_id = $1 AND deleted_at IS NULL", [input.customer_id])
  if (erased.length) {
    throw conflict("This customer's data was already erased.")
  }
  const { rows } = await session.run<{ email: string | null; normal: string | null; account: string | null }>(
    `SELECT c.email, ${normalizedEmail("c.email")} AS normal, live.account
     FROM customer AS c LEFT JOIN (${accountsOfGuests("(SELECT $1::text AS customer_id)")}) AS live ON live.id = c.id WHERE c.id = $1`,
    [input.customer_id]
  )
  if (!rows.length) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `Customer with id: ${input.customer_id} was not found`)
  }
  // A customer without an address is confirmed by id: an empty text confirms nothing.
  const [type, identifier] = rows[0].email?.trim() ? ["email", normalizeEmail(rows[0].email)] : ["customer_id", input.customer_id]
  if (identifier === UNKNOWN_CUSTOMER_EMAIL) {
    throw new MedusaError(MedusaError.Types.NOT_ALLOWED, "The Unknown Customer holds the orders of deleted customers and cannot be erased.")
  }
  if (!sameText(input.confirmation, confirmationOf(options.hashKeys, identifier))) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      "The e-mail address does not match this customer's. Type it as shown on the customer page."
    )
  }
  if (input.override?.length && !input.reason?.trim()) {
    throw new MedusaError(MedusaError.Types.INVALID_DATA, "Overriding a hold needs a written reason. Fill in `reason`.")
  }
  refuseIdentifyingReason(input.reason, type === "email" ? [identifier] : [])
  refuseUnclassified(options, coverage)
  const profileVersion = await checkProfile(session, input.profile_id)
  await replaceEarlier(session, input)

  const requestId = newId("prvreq")
  const subjectId = newId("prvsub")
  const method = input.method ?? options.default_method
  await session.run(
    `INSERT INTO privacy_request
       (id, reference, type, method, profile_id, profile_version, status, origin, requested_by, requested_by_type, reason, overrides, due_at,
        hold_value, language)
     VALUES ($1, $2, 'erasure', $3, $4, $5, 'pending', 'customer_page', $6, $7, $8, $9, ${dueDate("$10")}, $11, $12)`,
    [
      requestId, newReference(), method, input.profile_id ?? null, profileVersion, input.actor.id, input.actor.type,
      input.reason?.trim() || null, input.override ?? [], options.due_days ?? null, input.value === "hold", input.language ?? null,
    ]
  )
  await session.run(
    INSERT_SUBJECT,
    [
      subjectId, requestId, input.customer_id, type, hashIdentifier(options.hashKeys, type, identifier),
      type === "email" ? redactEmail(identifier) : identifier, newPseudonym(),
      identityHash(options.hashKeys, type, { value: type === "email" ? rows[0].normal : input.customer_id, email: rows[0].normal, account: rows[0].account }),
    ]
  )
  await recordAudit(session, [
    {
      action: "erasure.requested",
      actor: input.actor,
      requestId,
      subjectId,
      customerId: input.customer_id,
      details: { method, ...(input.profile_id ? { profile_id: input.profile_id } : {}) },
    },
    ...(input.override?.length
      ? [
          {
            action: "hold.overridden",
            actor: input.actor,
            requestId,
            subjectId,
            customerId: input.customer_id,
            details: { holds: input.override },
          },
        ]
      : []),
  ])
  return requestId
}

/** The address itself is read where it stands: as a parameter it may stand in the server's log. */
export const INSERT_SUBJECT = `
  INSERT INTO privacy_subject (id, request_id, customer_id, identifier_type, identifier, identifier_hash, identifier_redacted, pseudonym, identity_hash)
  SELECT $1, $2, c.id, $4, CASE WHEN $4 = 'email' THEN ${normalizedEmail("c.email")} ELSE c.id END, $5, $6, $7, $8 FROM customer AS c WHERE c.id = $3`

export async function checkProfile(session: Session, id?: string | null): Promise<number | null> {
  if (!id) {
    return null
  }
  const { rows } = await session.run<{ version: number }>(
    "SELECT version FROM privacy_profile WHERE id = $1 AND deleted_at IS NULL",
    [id]
  )
  if (!rows.length) {
    throw new MedusaError(MedusaError.Types.INVALID_DATA, `There is no profile with id "${id}". Choose one from GET /admin/privacy-profiles.`)
  }
  return rows[0].version
}

/** A request that is under way wins; one that was held or failed is replaced by the new one. */
async function replaceEarlier(session: Session, { customer_id, actor }: ErasureInput) {
  const { rows: active } = await session.run(
    `SELECT 1 FROM privacy_subject AS s JOIN privacy_request AS r ON r.id = s.request_id
     WHERE s.customer_id = $1 AND s.deleted_at IS NULL AND s.status = 'pending' AND r.type = 'erasure' AND r.status NOT IN ('canceled', 'failed', 'complete')`,
    [customer_id]
  )
  if (active.length) {
    throw conflict("An erasure of this customer is already under way.")
  }
  const { rows: replaced } = await session.run<{ id: string; request_id: string }>(
    `UPDATE privacy_subject AS s SET status = 'canceled', identifier = NULL, updated_at = now() FROM privacy_request AS r
     WHERE s.customer_id = $1 AND s.deleted_at IS NULL AND s.status IN ('held', 'failed') AND r.id = s.request_id AND r.type = 'erasure'
     RETURNING s.id, s.request_id`,
    [customer_id]
  )
  await recordAudit(
    session,
    replaced.map(({ id, request_id }) => ({
      action: "erasure.replaced",
      actor,
      requestId: request_id,
      subjectId: id,
      customerId: customer_id,
    }))
  )
}
