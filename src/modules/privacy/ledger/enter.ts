import { newId } from "../database/new-id"
import type { Session } from "../database/session"
import type { Method } from "../data-map/definition"
import type { HashKeys } from "../options"
import { hashIdentifier } from "../subjects/identifiers"
import { FIRST_SWEEP } from "../sweep/schedule"

/** A subject whose customer records are entered. */
export interface ErasedSubject {
  id: string
  identifier_hash: string
  identifier_redacted: string
  pseudonym: string
  /** Every customer record of the subject, guest records too. */
  customers: string[]
  /** Every e-mail address the subject was known by, in comparison form. */
  emails: string[]
}

/** What the subject was known by, as keyed hashes: what it was filed by, and each of its addresses. */
export const hashesOf = (keys: HashKeys, { identifier_hash, emails }: Pick<ErasedSubject, "identifier_hash" | "emails">): string[] => [
  ...new Set([identifier_hash, ...emails.map((email) => hashIdentifier(keys, "email", email))]),
]

/** Enters every customer record of the subjects once; the first date stays. Addresses are hashed here: the key never goes to the database. */
export async function enterLedger(
  session: Session,
  { request, subjects, hashKeys, sweeps }: { request: { id: string; method: Method }; subjects: ErasedSubject[]; hashKeys: HashKeys; sweeps: boolean }
): Promise<void> {
  const entries = subjects.flatMap((subject) => {
    const hashes = hashesOf(hashKeys, subject).join(" ")
    return subject.customers.map((customer) => ({ ...subject, customer, hashes }))
  })
  await session.run(ENTER, [
    entries.map(() => newId("prvled")),
    entries.map(({ customer }) => customer),
    entries.map(({ id }) => id),
    entries.map(({ identifier_hash }) => identifier_hash),
    entries.map(({ identifier_redacted }) => identifier_redacted),
    entries.map(({ pseudonym }) => pseudonym),
    entries.map(({ hashes }) => hashes),
    request.id,
    request.method,
    sweeps,
  ])
}

const ENTER = `
  INSERT INTO privacy_ledger_entry
    (id, customer_id, subject_id, request_id, method, identifier_hash, identifier_hashes, identifier_redacted, pseudonym, erased_at, next_sweep_at)
  SELECT id, customer_id, subject_id, $8, $9, hash, string_to_array(hashes, ' '), redacted, pseudonym, now(), CASE WHEN $10 THEN ${FIRST_SWEEP} END
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
    AS e (id, customer_id, subject_id, hash, redacted, pseudonym, hashes)
  ON CONFLICT (customer_id) WHERE deleted_at IS NULL DO NOTHING`
