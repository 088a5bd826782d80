import { generateEntityId } from "@medusajs/framework/utils"
import { destroyArchives, holdArchives } from "../archives/files"
import { recordAudit, type Actor, type AuditEvent } from "../audit/record"
import type { Session } from "../database/session"
import type { BoundDataMap } from "../data-map/data-map"
import { SCOPE } from "../data-map/live-map"
import { findHolds, type Hold } from "../holds/find-holds"
import { queueDeliveries, type NewDelivery } from "../jobs/outbox"
import { derivedKey, type PrivacyOptions } from "../options"
import { countScope, leaveOut, openScope, resolveScope } from "../subjects/scope"
import { verifyErased } from "../verification/verify"
import { eraseScope, type ErasurePlan } from "./mask"
import { provideUnknownCustomer } from "./unknown-customer"
import { settleValue, type CurrencyValue } from "./value"

/** What a chunk needs to know of its request. */
export interface ErasureRequest {
  id: string
  reference: string
  plan: ErasurePlan
  /** Codes of holds the officer forces. */
  overrides: string[]
  actor: Actor
}

/** A subject row as claimed. */
export interface ClaimedSubject {
  id: string
  customer_id: string
  identifier_hash: string
  identifier_redacted: string
  pseudonym: string
}

/** How one subject came out of a chunk. */
export interface Outcome {
  subject: ClaimedSubject
  status: "complete" | "held" | "not_found"
  holds: (Hold & { overridden: boolean })[]
  footprint: { kind: string; count: number }[]
  value: CurrencyValue[]
  /** Erased by an earlier request; nothing new is proclaimed. */
  already: boolean
}

export interface Environment {
  map: BoundDataMap
  options: PrivacyOptions
}

/**
 * Erases the claimed subjects inside the caller's transaction: find everything, hold back whom it must not touch, settle value, rewrite,
 * verify, write down, and queue what must be told. A constant number of statements, whatever the number of subjects and rows.
 */
export async function eraseChunk(
  session: Session,
  { map, options }: Environment,
  request: ErasureRequest,
  claimed: ClaimedSubject[]
): Promise<Outcome[]> {
  await holdArchives(session)
  const customers = await lockCustomers(session, claimed)
  const outcomes = claimed.map((subject, number): Outcome & { number: number } => ({
    number,
    subject: { ...subject, pseudonym: customers.get(subject.customer_id)?.pseudonym ?? subject.pseudonym },
    status: customers.has(subject.customer_id) ? "complete" : "not_found",
    holds: [],
    footprint: [],
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
    await holdBack(session, options, request, present)
    await writeScope(session, map, request, present.filter(({ status }) => status === "complete"), options)
  }
  await finish(session, request, outcomes)
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

async function holdBack(session: Session, options: PrivacyOptions, request: ErasureRequest, outcomes: (Outcome & { number: number })[]) {
  const holds = await findHolds(session, options)
  const held: number[] = []
  for (const outcome of outcomes) {
    outcome.holds = (holds.get(outcome.number) ?? []).map((hold) => ({
      ...hold,
      overridden: hold.severity === "block" && request.overrides.includes(hold.code),
    }))
    if (outcome.holds.some(({ severity, overridden }) => severity === "block" && !overridden)) {
      outcome.status = "held"
      held.push(outcome.number)
    }
  }
  await leaveOut(session, held)
}

async function writeScope(
  session: Session,
  map: BoundDataMap,
  request: ErasureRequest,
  outcomes: (Outcome & { number: number })[],
  options: PrivacyOptions
) {
  if (!outcomes.length) {
    return
  }
  const { entries, schema } = map
  const footprints = await countScope(session, entries)
  const copies = await collectCopies(session, schema.has("order_claim_item_image"))
  if (request.plan.method === "delete") {
    await provideUnknownCustomer(session)
  }
  await destroyArchives(session, request.actor)
  const values = await settleValue(session, schema)
  if (request.plan.method === "anonymize") {
    await hideCustomers(session, options.show_anonymized_customers)
  }
  await eraseScope(session, entries, request.plan)
  await verifyErased(session, entries, request.plan)

  for (const outcome of outcomes) {
    outcome.footprint = footprints.get(outcome.number) ?? []
    outcome.value = values.get(outcome.number) ?? []
  }
  await writeLedger(session, request, outcomes)
  const erased = outcomes.filter(({ already }) => !already)
  await queueDeliveries(session, [
    ...erased.flatMap((outcome) => deliveriesOf(request, outcome, copies.get(outcome.number))),
    // Exports are not told apart by subject: once a chunk.
    ...erased.slice(0, 1).map(({ subject }) => ({
      requestId: request.id,
      subjectId: subject.id,
      destination: "exports" as const,
      event: "remove",
      payload: {},
    })),
  ])
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

/** Ids and files outside the tables that must be refreshed or removed after the commit. */
interface Copies {
  customers: string[]
  orders: string[]
  carts: string[]
  files: string[]
}

async function collectCopies(session: Session, hasClaimImages: boolean): Promise<Map<number, Copies>> {
  const files = hasClaimImages
    ? `UNION ALL SELECT r.subject, 'file', x.url FROM ${SCOPE.rows} AS r JOIN order_claim_item_image AS x ON x.id = r.key
       WHERE r.entry = 'order_claim_item_image'
         -- A picture of the catalogue that was put into a claim stays.
         AND NOT EXISTS (SELECT 1 FROM image AS i WHERE i.url = x.url)`
    : ""
  const { rows } = await session.run<{ subject: number; entry: string; key: string }>(
    `SELECT subject, entry, key FROM ${SCOPE.rows} WHERE entry IN ('customer', 'order', 'cart') ${files}`
  )
  const copies = new Map<number, Copies>()
  const lists = { customer: "customers", order: "orders", cart: "carts", file: "files" } as const
  for (const { subject, entry, key } of rows) {
    const own = copies.get(subject) ?? { customers: [], orders: [], carts: [], files: [] }
    own[lists[entry as keyof typeof lists]].push(key)
    copies.set(subject, own)
  }
  return copies
}

/** Every customer record of the subject (its guest records too) is entered once; the first date stays. */
async function writeLedger(session: Session, request: ErasureRequest, outcomes: (Outcome & { number: number })[]) {
  const { rows } = await session.run<{ subject: number; key: string }>(`SELECT subject, key FROM ${SCOPE.rows} WHERE entry = 'customer'`)
  const byNumber = new Map(outcomes.map((outcome) => [outcome.number, outcome]))
  const entries = rows.flatMap(({ subject, key }) => {
    const outcome = byNumber.get(subject)
    return outcome ? [{ key, ...outcome.subject }] : []
  })
  await session.run(
    `INSERT INTO privacy_ledger_entry
       (id, customer_id, subject_id, request_id, method, identifier_hash, identifier_redacted, pseudonym, erased_at)
     SELECT id, customer_id, subject_id, $7, $8, hash, redacted, pseudonym, now()
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
       AS e (id, customer_id, subject_id, hash, redacted, pseudonym)
     ON CONFLICT (customer_id) WHERE deleted_at IS NULL DO NOTHING`,
    [
      entries.map(() => generateEntityId(undefined, "prvled")),
      entries.map(({ key }) => key),
      entries.map(({ id }) => id),
      entries.map(({ identifier_hash }) => identifier_hash),
      entries.map(({ identifier_redacted }) => identifier_redacted),
      entries.map(({ pseudonym }) => pseudonym),
      request.id,
      request.plan.method,
    ]
  )
}

function deliveriesOf(request: ErasureRequest, { subject }: Outcome, copies?: Copies): NewDelivery[] {
  const { customers = [], orders = [], carts = [], files = [] } = copies ?? {}
  const common = { requestId: request.id, subjectId: subject.id }
  return [
    {
      ...common,
      destination: "event_bus" as const,
      event: "privacy.user_deleted",
      payload: {
        request_id: request.id,
        subject_id: subject.id,
        reference: request.reference,
        method: request.plan.method,
        customer_ids: customers,
        identifier_hash: subject.identifier_hash,
      },
    },
    { ...common, destination: "copies" as const, event: "refresh", payload: { customers, orders, carts } },
    ...(files.length ? [{ ...common, destination: "files" as const, event: "remove", payload: { files } }] : []),
  ]
}

/** Marks the subjects and writes the audit: from here on only hash and redacted form say whom it was. */
async function finish(session: Session, request: ErasureRequest, outcomes: Outcome[]) {
  await session.run(
    `UPDATE privacy_subject AS s SET status = o.status, holds = o.holds::jsonb, footprint = o.footprint::jsonb, value = o.value::jsonb,
       identifier = CASE WHEN o.status = 'held' THEN s.identifier END, pseudonym = o.pseudonym, error = NULL,
       processed_at = now(), updated_at = now()
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) AS o (id, status, holds, footprint, value, pseudonym)
     WHERE s.id = o.id`,
    [
      outcomes.map(({ subject }) => subject.id),
      outcomes.map(({ status }) => status),
      outcomes.map(({ holds }) => JSON.stringify(holds)),
      outcomes.map(({ footprint }) => JSON.stringify(footprint)),
      outcomes.map(({ value }) => JSON.stringify(value)),
      outcomes.map(({ subject }) => subject.pseudonym),
    ]
  )
  await recordAudit(session, outcomes.map((outcome) => auditOf(request, outcome)))
}

function auditOf(request: ErasureRequest, { subject, status, holds, already, footprint }: Outcome): AuditEvent {
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
      records: footprint.reduce((sum, { count }) => sum + count, 0),
      ...(holds.length ? { holds: holds.map(({ code }) => code) } : {}),
      ...(overridden.length ? { overridden } : {}),
      ...(already ? { already_erased: true } : {}),
    },
  }
}
