import { recordAudit, type Actor } from "../audit/record"
import type { Session } from "../database/session"
import { normalizedEmail } from "../database/email-form/normalize-email-sql"
import type { PrivacyOptions } from "../options"
import { identifierColumn } from "./identifier-types"
import { hashIdentifier, identifierHashes } from "./identifiers"

/** Who a customer record is, as far as an officer's decision to erase it depends on that. */
export interface IdentityFacts {
  /** What the list named the customer by, in comparison form. */
  value: string | null
  /** The e-mail address, in comparison form. */
  email: string | null
  /** The live account under the address of a guest record. */
  account: string | null
}

const textOf = (type: string, { value, email, account }: IdentityFacts) => [type, value ?? "", email ?? "", account ?? ""].join("\0")

/** Keyed hash of who the subject was when it was filed; compared again at the moment it is erased. */
export const identityHash = (keys: PrivacyOptions["hashKeys"], type: string, facts: IdentityFacts): string =>
  hashIdentifier(keys, "identity", textOf(type, facts))

/** True when the customer is still who was filed, under whichever key that was hashed. */
export const isSameIdentity = (keys: PrivacyOptions["hashKeys"], type: string, facts: IdentityFacts, filed: string): boolean =>
  identifierHashes(keys, "identity", textOf(type, facts)).includes(filed)

const LIVE_ACCOUNT = (alias: string) => `(${alias}.has_account AND ${alias}.deleted_at IS NULL)`

/**
 * The live account under the address of each guest record, as a query of `id` and `account`: in one pass, and none where all are accounts.
 *
 * @param customers a FROM item with `customer_id`
 */
export const accountsOfGuests = (customers: string) => `
  SELECT own.id, min(a.id) AS account FROM ${customers} AS g
  JOIN customer AS own ON own.id = g.customer_id AND NOT ${LIVE_ACCOUNT("own")} AND btrim(own.email) <> ''
  JOIN customer AS a ON ${normalizedEmail("a.email")} = ${normalizedEmail("own.email")} AND ${LIVE_ACCOUNT("a")}
  GROUP BY own.id`

/**
 * An officer who takes up one subject again, having seen that it changed since it was filed, approves what there is now: from here on that is
 * what the erasure compares with. A retry of a whole request approves nothing of the kind, unless it is about one subject.
 *
 * @param subjectId the subject that was retried by itself; null for the whole request
 */
export async function acceptPresentIdentity(
  session: Session,
  options: PrivacyOptions,
  { requestId, subjectId, actor }: { requestId: string; subjectId: string | null; actor: Actor }
): Promise<void> {
  const { rows } = await session.run<{ id: string; customer_id: string; identifier_type: string }>(CHANGED_SUBJECT, [requestId, subjectId])
  for (const { id, customer_id, identifier_type } of rows) {
    const { rows: found } = await session.run<IdentityFacts>(
      `SELECT ${identifierColumn(options, identifier_type)} AS value, ${normalizedEmail("c.email")} AS email, live.account
       FROM customer AS c LEFT JOIN (${accountsOfGuests("(SELECT $1::text AS customer_id)")}) AS live ON live.id = c.id WHERE c.id = $1`,
      [customer_id]
    )
    if (found.length) {
      await session.run("UPDATE privacy_subject SET identity_hash = $2, updated_at = now() WHERE id = $1", [
        id, identityHash(options.hashKeys, identifier_type, found[0]),
      ])
      await recordAudit(session, [{ action: "erasure.identity_accepted", actor, requestId, subjectId: id, customerId: customer_id }])
    }
  }
}

/** One at most: the subject that was named, or the only one of the request. */
const CHANGED_SUBJECT = `
  SELECT s.id, s.customer_id, s.identifier_type FROM privacy_subject AS s
  WHERE s.request_id = $1 AND s.deleted_at IS NULL AND s.status = 'pending' AND s.holds @> '[{"code": "changed_since_plan"}]'
    AND (s.id = $2 OR $2::text IS NULL AND NOT EXISTS (
      SELECT 1 FROM privacy_subject AS other WHERE other.request_id = $1 AND other.id <> s.id AND other.deleted_at IS NULL))`
