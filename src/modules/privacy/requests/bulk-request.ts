import { MedusaError } from "@medusajs/framework/utils"
import { recordAudit, type Actor } from "../audit/record"
import { conflict } from "../conflict"
import { newId } from "../database/new-id"
import type { Session } from "../database/session"
import { refuseUnclassified } from "../data-map/coverage"
import type { Method } from "../data-map/definition"
import type { Environment } from "../erasure/erasure-request"
import type { Hold } from "../holds/find-holds"
import type { ListedIdentifier } from "../subjects/identifier-list"
import { identifierKind, type IdentifierKind } from "../subjects/identifier-types"
import { hashIdentifier } from "../subjects/identifiers"
import { identityHash } from "../subjects/identity"
import {
  comparePlan, countLines, hashPlan, holdsOfLines, keepPlan, listedValue, matchedCustomers, missingIdentifiers, recognizeErased, reconcile, reconcileHolds, unmatchedLines, type LineHolds,
  type MatchedCustomer, type ReconciledLine,
} from "../subjects/reconcile"
import type { ExtractFormat, ValueChoice } from "../vocabulary"
import { noteHand } from "../permissions/hands"
import { refuseIdentifyingReason } from "./check-reason"
import { checkProfile, newPseudonym, newReference } from "./file-erasure"
import { insertAccessRequest } from "./file-extract"
import { dueDate } from "./due-date"

/** Whom a request is about and what is to be done, as an officer lists it. */
export interface BulkInput {
  type: "erasure" | "access"
  /** Of an erasure. */
  method?: Method
  /** Of an extract. */
  format?: ExtractFormat
  profile_id?: string | null
  /** What becomes of store credit and gift cards. Default "invalidate". */
  value?: ValueChoice
  identifier_type: string
  /** As they are read, piece by piece. */
  identifiers: AsyncIterable<ListedIdentifier[]>
}

/** What a list means, before anything runs. */
export interface BulkPreview {
  matched: number
  not_found: number
  ambiguous: number
  duplicate: number
  erased: number
  invalid: { line: number; reason: string }[]
  held: { line: number; customer_id: string; identifier: string; holds: Hold[] }[]
  /** Lines that did not simply match; the first thousand. */
  lines: ReconciledLine[]
  total_lines: number
  /** Subjects that would be filed: matched and held. What `confirm` must be. */
  subjects: number
  plan_hash: string
}

/** Lines shown; the whole list can be downloaded. */
const SHOWN = 1000

/** Days a plan is kept. */
const PLAN_DAYS = 1

async function planOf(session: Session, { options }: Environment, input: BulkInput) {
  const kind = identifierKind(options, input.identifier_type)
  if (input.type === "access") {
    await reconcile(session, kind, input.identifiers)
    await recognizeErased(session, kind, options.hashKeys)
    // The format changes nothing about whom it is.
    return { kind, method: null, profileVersion: null, facts: ["access"] }
  }
  const profileVersion = await checkProfile(session, input.profile_id)
  await reconcile(session, kind, input.identifiers)
  await recognizeErased(session, kind, options.hashKeys)
  const method = input.method ?? options.default_method
  return { kind, method, profileVersion, facts: ["erasure", method, input.profile_id ?? null, profileVersion, input.value ?? "invalidate"] }
}

/** Shows what a list means and remembers it as the plan under its hash. Nothing holds an extract. */
export async function previewBulk(session: Session, environment: Environment, input: BulkInput): Promise<BulkPreview> {
  const { kind, facts } = await planOf(session, environment, input)
  if (input.type === "erasure") {
    await reconcileHolds(session, environment.map.entries, environment.options)
  }
  const counts = await countLines(session)
  const { hash, customers } = await hashPlan(session, facts)
  await keepPlan(session, newId("prvplan"), hash)
  await session.run(`DELETE FROM privacy_plan WHERE updated_at < now() - make_interval(days => ${PLAN_DAYS})`)
  const lines = await unmatchedLines(session, kind, 0, SHOWN)
  const held = lines.filter(({ outcome }) => outcome === "held")
  const holds = held.length ? await holdsOfLines(session, environment.options, held.map(({ line }) => line)) : new Map<number, LineHolds>()
  return {
    matched: counts.matched,
    not_found: counts.not_found,
    ambiguous: counts.ambiguous,
    duplicate: counts.duplicate,
    erased: counts.erased,
    invalid: lines.filter(({ outcome }) => outcome === "invalid").map(({ line, reason }) => ({ line, reason: reason ?? "" })),
    held: held.map(({ line, identifier }) => ({ line, identifier, ...(holds.get(line) as LineHolds) })),
    lines,
    total_lines: counts.total,
    subjects: customers,
    plan_hash: hash,
  }
}

/** Every line that did not match, page by page: what officers download. */
export async function* unmatchedOf(session: Session, environment: Environment, input: BulkInput): AsyncGenerator<ReconciledLine[]> {
  const { kind } = await planOf(session, environment, input)
  let after = 0
  for (;;) {
    const lines = await unmatchedLines(session, kind, after, SHOWN)
    if (!lines.length) {
      return
    }
    yield lines
    after = lines[lines.length - 1].line
  }
}

/** A bulk request as an officer confirms it. */
export interface BulkRequest extends BulkInput {
  reason?: string | null
  scheduled_for?: Date | null
  plan_hash?: string
  /** Number of subjects, as typed by the officer; an extract needs none. */
  confirm?: number
  /** Language of whoever asks, for what explains an extract and what the admin's bell says. */
  language?: string
  actor: Actor
}

/**
 * Files a bulk request about exactly the customers the officer saw.
 *
 * @returns the id of the request
 * @throws MedusaError INVALID_DATA when nobody matches or the number differs; CONFLICT (409) with the difference when the plan changed
 */
export async function fileBulk(session: Session, environment: Environment, input: BulkRequest): Promise<string> {
  const { options, map } = environment
  const erases = input.type === "erasure"
  refuseIdentifyingReason(input.reason)
  if (erases) {
    refuseUnclassified(options, map.coverage)
  } else if (!input.format) {
    throw new MedusaError(MedusaError.Types.INVALID_DATA, 'An extract needs a `format`: "json" or "csv".')
  }
  const { kind, method, profileVersion, facts } = await planOf(session, environment, input)
  const { hash, customers } = await hashPlan(session, facts)
  if (input.plan_hash && input.plan_hash !== hash) {
    throw conflict(await differenceOf(session, input.plan_hash))
  }
  if (!customers) {
    throw new MedusaError(MedusaError.Types.INVALID_DATA, `No line matches a customer: there is nobody to ${erases ? "erase" : "extract"}.`)
  }
  if (erases && input.confirm !== customers) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `The confirmation says ${input.confirm} subjects, the list means ${customers}. Look at the preview again and type that number.`
    )
  }
  const { actor, format = "json", language = "en", reason, scheduled_for } = input
  const id = erases
    ? await insertErasure(session, options, { input, method, profileVersion, hash })
    : await insertAccessRequest(session, options, { actor, format, language, origin: "bulk", reason, scheduled_for, plan_hash: hash })
  await noteHand(session, id, actor)
  for await (const page of matchedCustomers(session, kind)) {
    refuseIdentifyingReason(reason, page.map(({ value }) => value))
    await insertSubjects(session, environment, id, kind, page)
  }
  for await (const page of missingIdentifiers(session, kind)) {
    await insertMissing(session, environment, id, kind, page)
  }
  await recordAudit(session, [
    {
      action: erases ? "erasure.requested" : "extract.requested",
      actor,
      requestId: id,
      details: { ...(erases ? { method } : { format }), subjects: customers, origin: "bulk", plan_hash: hash },
    },
  ])
  return id
}

async function insertErasure(
  session: Session,
  options: Environment["options"],
  { input, method, profileVersion, hash }: { input: BulkRequest; method: Method | null; profileVersion: number | null; hash: string }
): Promise<string> {
  const id = newId("prvreq")
  await session.run(
    `INSERT INTO privacy_request (id, reference, type, method, profile_id, profile_version, status, origin, requested_by, requested_by_type,
       reason, overrides, plan_hash, scheduled_for, due_at, hold_value, language)
     SELECT $1, $2, 'erasure', $3, $4, $5,
       CASE WHEN $12 THEN 'awaiting_approval' WHEN s.start > now() THEN 'scheduled' ELSE 'pending' END,
       'bulk', $6, $7, $8, '{}', $9, CASE WHEN s.start > now() THEN s.start END, ${dueDate("$11")}, $14, $15
     FROM (SELECT greatest(coalesce($13::timestamptz, now()), now() + make_interval(mins => $10)) AS start) AS s`,
    [
      id, newReference(), method, input.profile_id ?? null, profileVersion, input.actor.id, input.actor.type, input.reason?.trim() || null,
      hash, options.bulk.undo_minutes, options.due_days ?? null, options.bulk.approval, input.scheduled_for ?? null,
      input.value === "hold", input.language ?? null,
    ]
  )
  return id
}

/** Subjects inserted at once: few enough that what is made of them is gone before the garbage collector takes it for something that stays. */
const INSERTED_AT_ONCE = 1000

/** The values themselves stay in the database: as parameters they may stand in its log. */
async function insertSubjects(session: Session, { options: { hashKeys } }: Environment, requestId: string, kind: IdentifierKind, page: MatchedCustomer[]) {
  for (let at = 0; at < page.length; at += INSERTED_AT_ONCE) {
    const subjects = page.slice(at, at + INSERTED_AT_ONCE)
    await session.run(
      `INSERT INTO privacy_subject (id, request_id, customer_id, identifier_type, identifier, identifier_hash, identifier_redacted, identity_hash, pseudonym)
       SELECT s.id, $7, s.customer_id, $8, ${listedValue("s.line", kind)}, s.hash, s.redacted, s.identity, s.pseudonym
       FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $9::text[])
         AS s (id, line, customer_id, hash, redacted, pseudonym, identity)`,
      [
        subjects.map(() => newId("prvsub")),
        subjects.map(({ line }) => line),
        subjects.map(({ customer_id }) => customer_id),
        subjects.map(({ value }) => hashIdentifier(hashKeys, kind.type, value)),
        subjects.map(({ value }) => kind.redact(value)),
        subjects.map(() => newPseudonym()),
        requestId,
        kind.type,
        subjects.map((subject) => identityHash(hashKeys, kind.type, subject)),
      ]
    )
  }
}

async function insertMissing(session: Session, { options: { hashKeys } }: Environment, requestId: string, kind: IdentifierKind, page: { value: string }[]) {
  for (let at = 0; at < page.length; at += INSERTED_AT_ONCE) {
    const subjects = page.slice(at, at + INSERTED_AT_ONCE)
    await session.run(
      `INSERT INTO privacy_subject (id, request_id, identifier_type, identifier_hash, identifier_redacted, pseudonym, status, processed_at)
       SELECT id, $5, $6, hash, redacted, pseudonym, 'not_found', now()
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS s (id, hash, redacted, pseudonym)`,
      [
        subjects.map(() => newId("prvsub")),
        subjects.map(({ value }) => hashIdentifier(hashKeys, kind.type, value)),
        subjects.map(({ value }) => kind.redact(value)),
        subjects.map(() => newPseudonym()),
        requestId,
        kind.type,
      ]
    )
  }
}

/** Which customers came and went since the officer looked. */
async function differenceOf(session: Session, hash: string): Promise<string> {
  const difference = await comparePlan(session, hash)
  if (!difference) {
    return "This plan is not known any more. Look at the preview again and confirm what it shows."
  }
  const { added, gone } = difference
  if (!added.count && !gone.count) {
    return "The method, the profile or what becomes of value changed since the preview. Look at it again and confirm what it shows."
  }
  const list = ({ count, some }: typeof added) => (count ? ` (${some.join(", ")}${count > some.length ? ", …" : ""})` : "")
  return (
    `The plan changed since the preview: ${added.count} customers were added${list(added)}, ${gone.count} are gone${list(gone)}. ` +
    "Nothing was started. Look at the preview again."
  )
}
