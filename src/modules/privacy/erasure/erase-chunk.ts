import { destroyArchives, holdArchives } from "../archives/files"
import { recordAudit, type AuditEvent } from "../audit/record"
import { newId } from "../database/new-id"
import type { Session } from "../database/session"
import { SCOPE, type LiveEntry } from "../data-map/live-map"
import { collectIdentifiers } from "../destinations/identifiers"
import { findHolds } from "../holds/find-holds"
import { derivedKey } from "../options"
import { FIRST_SWEEP } from "../sweep/schedule"
import { footprints, kindsOf, leaveOut, openScope, resolveScope } from "../subjects/scope"
import { whoMeets } from "../subjects/overlaps"
import { collectCopies, queueTold } from "./told"
import { verifyErased } from "../verification/verify"
import type { ClaimedSubject, Environment, ErasureRequest, Outcome } from "./erasure-request"
import { eraseScope } from "./mask"
import { provideUnknownCustomer } from "./unknown-customer"
import { holdOfValue, readValue, settleValue, valueSeverity, type CurrencyValue } from "./value"

/**
 * Erases the claimed subjects inside the caller's transaction: find everything, hold back whom it must not touch, settle value, rewrite,
 * verify, write down, and queue what must be told. A constant number of statements, whatever the number of subjects and rows.
 */
export async function eraseChunk(
  session: Session,
  environment: Environment,
  request: ErasureRequest,
  claimed: ClaimedSubject[]
): Promise<Outcome[]> {
  const { map, options } = environment
  await holdArchives(session)
  const customers = await lockCustomers(session, claimed)
  const outcomes = claimed.map((subject, number): Outcome & { number: number } => ({
    number,
    subject: { ...subject, pseudonym: customers.get(subject.customer_id)?.pseudonym ?? subject.pseudonym },
    status: customers.has(subject.customer_id) ? "complete" : "not_found",
    holds: [],
    value: [],
    already: Boolean(customers.get(subject.customer_id)?.pseudonym),
  }))
  const present = outcomes.filter(({ subject, status }) => status === "complete" && customers.get(subject.customer_id)?.exists)

  if (present.length) {
    const salt = derivedKey(options.hashKeys, "column-hash").toString("hex")
    await openScope(
      session,
      present.map(({ number, subject }) => ({ number, customerId: subject.customer_id, pseudonym: subject.pseudonym })),
      salt
    )
    await resolveScope(session, map.entries, present.length)
    await holdBack(session, environment, request, present)
    await writeScope(session, environment, request, present.filter(({ status }) => status === "complete"))
  }
  await finish(session, request, outcomes, present.length ? map.entries : null)
  return outcomes
}

/** Locks the customers in one order for all chunks and learns which of them exist, and which were erased before under what pseudonym. */
async function lockCustomers(session: Session, claimed: ClaimedSubject[]) {
  const ids = claimed.map(({ customer_id }) => customer_id)
  const { rows: locked } = await session.run<{ id: string }>(
    "SELECT id FROM customer WHERE id = ANY($1::text[]) ORDER BY id FOR UPDATE",
    [ids]
  )
  const { rows: erased } = await session.run<{ customer_id: string; pseudonym: string }>(
    "SELECT customer_id, pseudonym FROM privacy_ledger_entry WHERE customer_id = ANY($1::text[]) AND deleted_at IS NULL",
    [ids]
  )
  const found = new Map<string, { exists: boolean; pseudonym: string | null }>()
  locked.forEach(({ id }) => found.set(id, { exists: true, pseudonym: null }))
  erased.forEach(({ customer_id, pseudonym }) => found.set(customer_id, { exists: found.has(customer_id), pseudonym }))
  return found
}

async function holdBack(
  session: Session,
  { map: { schema }, options }: Environment,
  request: ErasureRequest,
  outcomes: (Outcome & { number: number })[]
) {
  const holds = await findHolds(session, options)
  const severity = request.holdValue ? "block" : valueSeverity(options)
  const unspent = severity === "ignore" ? new Map<number, CurrencyValue[]>() : await readValue(session, schema)
  const held: number[] = []
  for (const outcome of outcomes) {
    const found = [...(holds.get(outcome.number) ?? []), ...holdOfValue(severity, unspent.get(outcome.number))]
    outcome.holds = found.map((hold) => ({
      ...hold,
      overridden: hold.severity === "block" && request.overrides.includes(hold.code),
    }))
    if (outcome.holds.some(({ severity, overridden }) => severity === "block" && !overridden)) {
      outcome.status = "held"
      held.push(outcome.number)
    }
  }
  await holdWhoMeets(session, outcomes, held)
  await leaveOut(session, outcomes.filter(({ status }) => status === "held").map(({ number }) => number))
}

/** Whoever has a row in common with a held subject (the guest record of an account) is held with it: half of them cannot go. */
async function holdWhoMeets(session: Session, outcomes: (Outcome & { number: number })[], held: number[]) {
  if (!held.length || outcomes.length === 1) {
    return
  }
  const byNumber = new Map(outcomes.map((outcome) => [outcome.number, outcome]))
  for (const { subject, through } of await whoMeets(session, held)) {
    const [outcome, reason] = [byNumber.get(subject), byNumber.get(through)]
    if (outcome && reason) {
      outcome.status = "held"
      outcome.holds = [...outcome.holds, ...reason.holds.filter(({ severity, overridden }) => severity === "block" && !overridden)]
    }
  }
}

async function writeScope(
  session: Session,
  { map, options, destinations = [] }: Environment,
  request: ErasureRequest,
  outcomes: (Outcome & { number: number })[]
) {
  if (!outcomes.length) {
    return
  }
  const { entries, schema } = map
  const copies = await collectCopies(session, schema.has("order_claim_item_image"))
  const identifiers = destinations.length ? await collectIdentifiers(session, schema) : new Map()
  if (request.plan.method === "delete") {
    await provideUnknownCustomer(session)
  }
  await destroyArchives(session, request.actor)
  const values = await settleValue(session, schema)
  if (request.plan.method === "anonymize") {
    await hideCustomers(session, options.show_anonymized_customers)
  }
  const clean = await eraseScope(session, entries, request.plan)
  await verifyErased(session, entries, request.plan, clean)

  for (const outcome of outcomes) {
    outcome.value = values.get(outcome.number) ?? []
  }
  await writeLedger(session, request, outcomes, options.sweep_days > 0)
  const erased = outcomes.filter(({ already }) => !already)
  await queueTold(session, { hashKeys: options.hashKeys, destinations, request, copies, identifiers }, erased)
}

/**
 * Masked customers leave the Customers page; their orders keep pointing at them. Before they are masked, because an account and the guest
 * records under the same address become alike, and of customers alike only one may be live; where they are shown, it is the account.
 */
async function hideCustomers(session: Session, showAccount: boolean) {
  await session.run(
    `UPDATE customer AS c SET deleted_at = now() FROM ${SCOPE.rows} AS r JOIN ${SCOPE.subjects} AS s ON s.subject = r.subject
     WHERE r.entry = 'customer' AND c.id = r.key AND c.deleted_at IS NULL${showAccount ? " AND c.id <> s.customer_id" : ""}`
  )
}

/** Every customer record of the subject (its guest records too) is entered once; the first date stays. */
async function writeLedger(session: Session, request: ErasureRequest, outcomes: (Outcome & { number: number })[], sweeps: boolean) {
  const { rows } = await session.run<{ subject: number; key: string }>(`SELECT subject, key FROM ${SCOPE.rows} WHERE entry = 'customer'`)
  const byNumber = new Map(outcomes.map((outcome) => [outcome.number, outcome]))
  const entries = rows.flatMap(({ subject, key }) => {
    const outcome = byNumber.get(subject)
    return outcome ? [{ key, ...outcome.subject }] : []
  })
  await session.run(
    `INSERT INTO privacy_ledger_entry
       (id, customer_id, subject_id, request_id, method, identifier_hash, identifier_redacted, pseudonym, erased_at, next_sweep_at)
     SELECT id, customer_id, subject_id, $7, $8, hash, redacted, pseudonym, now(), CASE WHEN $9 THEN ${FIRST_SWEEP} END
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
       AS e (id, customer_id, subject_id, hash, redacted, pseudonym)
     ON CONFLICT (customer_id) WHERE deleted_at IS NULL DO NOTHING`,
    [
      entries.map(() => newId("prvled")),
      entries.map(({ key }) => key),
      entries.map(({ id }) => id),
      entries.map(({ identifier_hash }) => identifier_hash),
      entries.map(({ identifier_redacted }) => identifier_redacted),
      entries.map(({ pseudonym }) => pseudonym),
      request.id,
      request.plan.method,
      sweeps,
    ]
  )
}

/**
 * Marks the subjects and writes the audit: from here on only hash and redacted form say whom it was.
 *
 * @param counted entries whose rows are the footprint; null where no scope was opened
 */
async function finish(session: Session, request: ErasureRequest, outcomes: (Outcome & { number: number })[], counted: LiveEntry[] | null) {
  const found = counted ? `LEFT JOIN (${footprints(7)}) AS f ON f.subject = o.number` : "CROSS JOIN (VALUES (NULL::jsonb, 0)) AS f (footprint, records)"
  const { rows } = await session.run<{ number: number; records: number }>(
    `UPDATE privacy_subject AS s SET status = o.status, holds = o.holds::jsonb, footprint = coalesce(f.footprint, '[]'), value = o.value::jsonb,
       identifier = CASE WHEN o.status = 'held' THEN s.identifier END, pseudonym = o.pseudonym, error = NULL,
       processed_at = now(), updated_at = now()
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[]) AS o (id, status, holds, value, pseudonym, number) ${found}
     WHERE s.id = o.id RETURNING o.number, coalesce(f.records, 0) AS records`,
    [
      outcomes.map(({ subject }) => subject.id),
      outcomes.map(({ status }) => status),
      outcomes.map(({ holds }) => JSON.stringify(holds)),
      outcomes.map(({ value }) => JSON.stringify(value)),
      outcomes.map(({ subject }) => subject.pseudonym),
      outcomes.map(({ number }) => number),
      ...(counted ? kindsOf(counted) : []),
    ]
  )
  const records = new Map(rows.map((row) => [row.number, row.records]))
  await recordAudit(session, outcomes.map((outcome) => auditOf(request, outcome, records.get(outcome.number) ?? 0)))
}

function auditOf(request: ErasureRequest, { subject, status, holds, already }: Outcome, records: number): AuditEvent {
  const actions = { complete: "erasure.completed", held: "erasure.held", not_found: "erasure.not_found" }
  const overridden = holds.filter((hold) => hold.overridden).map(({ code }) => code)
  return {
    action: actions[status],
    actor: request.actor,
    requestId: request.id,
    subjectId: subject.id,
    customerId: subject.customer_id,
    details: {
      method: request.plan.method,
      records,
      ...(holds.length ? { holds: holds.map(({ code }) => code) } : {}),
      ...(overridden.length ? { overridden } : {}),
      ...(already ? { already_erased: true } : {}),
    },
  }
}
