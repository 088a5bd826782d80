import { destroyArchives, holdArchives } from "../archives/files"
import { recordAudit, type AuditEvent } from "../audit/record"
import type { Session } from "../database/session"
import { normalizedEmail } from "../database/email-form/normalize-email-sql"
import { SCOPE, type LiveEntry } from "../data-map/live-map"
import { collectIdentifiers } from "../destinations/identifiers"
import { findHolds } from "../holds/find-holds"
import { enterLedger, hashesOf } from "../ledger/enter"
import { derivedKey, type PrivacyOptions } from "../options"
import { accountsOfGuests, isSameIdentity, type IdentityFacts } from "../subjects/identity"
import { identifierColumn } from "../subjects/identifier-types"
import { footprints, kindsOf, leaveOut, openScope, resolveScope } from "../subjects/scope"
import { whoMeets } from "../subjects/overlaps"
import { auditOfOwnRecords, ownRecords, type OwnRecord } from "./own-records"
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
    const identities = await lockRecords(session, options, claimed)
    const changed = present.filter(({ subject, already }) => !already && hasChanged(options, subject, identities.get(subject.customer_id)))
    await holdBack(session, environment, request, present, new Set(changed.map(({ number }) => number)))
    await writeScope(session, environment, request, present.filter(({ status }) => status === "complete"))
  }
  await finish(session, request, outcomes, present.length ? map.entries : null)
  return outcomes
}

/** Locks the customers in one order for all chunks and learns which of them exist, and which were erased before under what pseudonym. */
async function lockCustomers(session: Session, claimed: ClaimedSubject[]) {
  const ids = claimed.map(({ customer_id }) => customer_id)
  const { rows: locked } = await session.run<{ id: string }>(
    // Not FOR UPDATE: a held customer's new address, which refers to the customer, need not wait for the chunk.
    "SELECT id FROM customer WHERE id = ANY($1::text[]) ORDER BY id FOR NO KEY UPDATE",
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

/**
 * Locks the records that were found besides the claimed ones (who places a legal hold on one of them waits, and then sees it erased), and reads
 * who the claimed are now, under the lock.
 */
async function lockRecords(session: Session, options: PrivacyOptions, claimed: ClaimedSubject[]): Promise<Map<string, IdentityOf>> {
  // One request has one type of identifier; nothing depends on it.
  const types = [...new Set(claimed.map(({ identifier_type }) => identifier_type))]
  const { rows } = await session.run<{ id: string; email: string | null; account: string | null; values: (string | null)[] }>(
    `SELECT c.id, ${normalizedEmail("c.email")} AS email, live.account, ARRAY[${types.map((type) => identifierColumn(options, type)).join(", ")}]::text[] AS values
     FROM ${SCOPE.rows} AS r JOIN customer AS c ON c.id = r.key
     LEFT JOIN (${accountsOfGuests(SCOPE.subjects)}) AS live ON live.id = c.id
     WHERE r.entry = 'customer' ORDER BY c.id FOR NO KEY UPDATE OF c`
  )
  return new Map(rows.map(({ id, email, account, values }) => [id, (type) => ({ email, account, value: values[types.indexOf(type)] })]))
}

/** Who a customer is now, as seen by a type of identifier. */
type IdentityOf = (type: string) => IdentityFacts

const hasChanged = ({ hashKeys }: PrivacyOptions, { identifier_type, identity_hash }: ClaimedSubject, now: IdentityOf | undefined) =>
  identity_hash !== null && !(now && isSameIdentity(hashKeys, identifier_type, now(identifier_type), identity_hash))

/** What was approved is not what there is: forced by nothing, and approved anew by taking up this subject again. */
const CHANGED_SINCE_PLAN = {
  code: "changed_since_plan" as const,
  severity: "block" as const,
  message: "The customer's address or account has changed since this was filed. Look at the customer, then retry this one to erase what is there now.",
  params: { count: 1 },
  overridden: false,
}

async function holdBack(
  session: Session,
  { map: { schema }, options }: Environment,
  request: ErasureRequest,
  outcomes: (Outcome & { number: number })[],
  changed: Set<number>
) {
  const holds = await findHolds(session, options)
  const severity = request.holdValue ? "block" : valueSeverity(options)
  const unspent = severity === "ignore" ? new Map<number, CurrencyValue[]>() : await readValue(session, schema)
  const held: number[] = []
  for (const outcome of outcomes) {
    const found = [...(holds.get(outcome.number) ?? []), ...holdOfValue(severity, unspent.get(outcome.number))]
    outcome.holds = [
      ...found.map((hold) => ({ ...hold, overridden: hold.severity === "block" && request.overrides.includes(hold.code) })),
      ...(changed.has(outcome.number) ? [CHANGED_SINCE_PLAN] : []),
    ]
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
  const copies = await collectCopies(session, schema)
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
  const known = (number: number) => copies.get(number) ?? { customers: [], emails: [] }
  await enterLedger(session, {
    request: { id: request.id, method: request.plan.method },
    subjects: outcomes.map(({ number, subject }) => ({ ...subject, customers: known(number).customers, emails: known(number).emails })),
    hashKeys: options.hashKeys,
    sweeps: options.sweep_days > 0,
  })
  outcomes.forEach((outcome) => (outcome.hashes = hashesOf(options.hashKeys, { ...outcome.subject, emails: known(outcome.number).emails })))
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

/**
 * Marks the subjects and writes the audit: from here on only hash and redacted form say whom it was.
 *
 * @param counted entries whose rows are the footprint; null where no scope was opened
 */
async function finish(session: Session, request: ErasureRequest, outcomes: (Outcome & { number: number })[], counted: LiveEntry[] | null) {
  const { rows } = await session.run<FinishedRow>(finishStatement(Boolean(counted)), [
    outcomes.map(({ subject }) => subject.id),
    outcomes.map(({ status }) => status),
    outcomes.map(({ holds }) => JSON.stringify(holds)),
    outcomes.map(({ value }) => JSON.stringify(value)),
    outcomes.map(({ subject }) => subject.pseudonym),
    outcomes.map(({ number }) => number),
    outcomes.map(({ already }) => already),
    outcomes.flatMap(({ status, subject }) => (status === "complete" ? [subject.customer_id] : [])),
    outcomes.flatMap(({ hashes = [] }) => hashes),
    request.actor.id,
    ...(counted ? kindsOf(counted) : []),
  ])
  const records = new Map(rows.flatMap(({ part, number, records }) => (part === "finished" ? [[number, records] as const] : [])))
  await recordAudit(session, [
    ...outcomes.map((outcome) => auditOf(request, outcome, records.get(outcome.number) ?? 0)),
    ...auditOfOwnRecords(rows.filter((row): row is FinishedRow & OwnRecord => row.part !== "finished"), request.actor),
  ])
}

/** A row that `finishStatement` gives back: a subject of the chunk, or what else the plugin's tables said of it. */
type FinishedRow = { number: number; records: number } & (Omit<OwnRecord, "part"> & { part: OwnRecord["part"] | "finished" })

/** What may be needed of a subject is its plain identifier: as long as it waits to be tried again, and was not erased before. */
const finishStatement = (scoped: boolean) => `
  WITH finished AS (
    UPDATE privacy_subject AS s SET status = o.status, holds = o.holds::jsonb, footprint = coalesce(f.footprint, '[]'), value = o.value::jsonb,
      identifier = CASE WHEN o.status = 'held' AND NOT o.already THEN s.identifier END, pseudonym = o.pseudonym, error = NULL,
      processed_at = now(), updated_at = now()
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::bool[])
      AS o (id, status, holds, value, pseudonym, number, already)
    ${scoped ? `LEFT JOIN (${footprints(11)}) AS f ON f.subject = o.number` : "CROSS JOIN (VALUES (NULL::jsonb, 0)) AS f (footprint, records)"}
    WHERE s.id = o.id RETURNING o.number, coalesce(f.records, 0) AS records),
  ${ownRecords({
    erased: `SELECT unnest($8::text[]) AS key${scoped ? ` UNION SELECT key FROM ${SCOPE.rows} WHERE entry = 'customer'` : ""}`,
    except: "$1::text[]",
    hashes: "$9::text[]",
    actor: "$10::text",
  })}
  SELECT 'finished' AS part, number, records, NULL AS id, NULL AS request_id, NULL AS customer_id FROM finished
  UNION ALL SELECT part, NULL, NULL, id, request_id, customer_id FROM own_records`

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
