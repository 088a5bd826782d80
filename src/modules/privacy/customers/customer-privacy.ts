import { MedusaError } from "@medusajs/framework/utils"
import { readCustomerHistory, type HistoryEntry } from "../audit/history"
import type { Session } from "../database/session"
import type { Environment } from "../erasure/erasure-request"
import { holdOfValue, readValue, valueSeverity, type CurrencyValue } from "../erasure/value"
import { UNKNOWN_CUSTOMER_EMAIL } from "../erasure/unknown-customer"
import { findHolds, type Hold } from "../holds/find-holds"
import { listRequests, type PrivacyRequestView } from "../requests/read-requests"
import { newPseudonym } from "../requests/file-erasure"
import { activeExtract } from "../requests/file-extract"
import { readSubscriptions } from "./subscriptions"
import { footprints, kindsOf, openScope, resolveScope } from "../subjects/scope"

/** Everything the customer page needs to know: GET /admin/customers/:id/privacy. */
export interface CustomerPrivacy {
  customer_id: string
  status: "active" | "running" | "held" | "erased" | "failed" | "protected"
  footprint: { kind: string; count: number }[]
  value: CurrencyValue[]
  subscriptions: { id: string; label: string; status: string }[]
  holds: Hold[]
  retention: { policy_id: string | null; last_interaction_at: Date | null; deletion_at: Date | null } | null
  kept: { kind: string; reason: string }[]
  active_request: PrivacyRequestView | null
  /** The customer's own part in that request: what is done on the customer's page is done to it alone. */
  active_subject: { id: string; status: string } | null
  /** The extract of this customer that is under way. */
  active_extract: { id: string; status: string } | null
  /** The newest archive that was made for this customer alone and can be downloaded. */
  archive: { request_id: string; file_id: string; name: string; size: number; created_at: Date; expires_at: Date } | null
  timeline: HistoryEntry[]
}

/** What stays under every method and why, for the confirmation. */
const KEPT = [
  { kind: "orders", reason: "order_records" },
  { kind: "location", reason: "reporting" },
  { kind: "gateway_references", reason: "refunds" },
]

/**
 * Reads a customer's footprint, value, holds and history. The scope is opened as for an erasure, so what is shown is what would be
 * erased.
 *
 * @throws MedusaError NOT_FOUND when there is no such customer and never was
 */
export async function readCustomerPrivacy(session: Session, { map, options }: Environment, id: string): Promise<CustomerPrivacy> {
  const { rows } = await session.run<{ email: string | null; erased: boolean; found: boolean }>(
    `SELECT c.email, c.id IS NOT NULL AS found, l.customer_id IS NOT NULL AS erased
     FROM (SELECT $1::text AS id) AS asked
     LEFT JOIN customer AS c ON c.id = asked.id
     LEFT JOIN privacy_ledger_entry AS l ON l.customer_id = asked.id AND l.deleted_at IS NULL`,
    [id]
  )
  const [{ email, erased, found }] = rows
  if (!found && !erased) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `Customer with id: ${id} was not found`)
  }
  const { requests } = await listRequests(session, { customer_id: id, type: "erasure" }, { limit: 1, offset: 0 })
  const latest = requests[0] ?? null
  const own = latest && (await readOwnSubject(session, latest.id, id))
  const history = {
    active_request: latest,
    active_subject: own,
    active_extract: await activeExtract(session, id),
    archive: await readArchiveOf(session, id),
    timeline: await readCustomerHistory(session, id),
  }
  const nothing = { customer_id: id, footprint: [], value: [], subscriptions: [], holds: [], retention: null, kept: KEPT }

  if (email === UNKNOWN_CUSTOMER_EMAIL) {
    return { ...nothing, ...history, status: "protected" }
  }
  if (erased) {
    return { ...nothing, ...history, status: "erased" }
  }
  await openScope(session, [{ number: 0, customerId: id, pseudonym: newPseudonym() }], "")
  await resolveScope(session, map.entries, 1)
  const { rows: counted } = await session.run<{ footprint: CustomerPrivacy["footprint"] }>(footprints(1), kindsOf(map.entries))
  const footprint = counted[0]?.footprint ?? []
  const value = (await readValue(session, map.schema)).get(0) ?? []
  const holds = [...((await findHolds(session, options)).get(0) ?? []), ...holdOfValue(valueSeverity(options), value)]
  return {
    ...nothing,
    ...history,
    status: statusOf(latest, own),
    footprint: footprint.sort((a, b) => b.count - a.count),
    value,
    holds,
    subscriptions: await readSubscriptions(session, map.entries),
  }
}

/** By the customer's own part: that somebody else of the request is held says nothing of this customer. */
function statusOf(request: PrivacyRequestView | null, own: CustomerPrivacy["active_subject"]): CustomerPrivacy["status"] {
  if (!request || !own) {
    return "active"
  }
  if (own.status === "held" || own.status === "failed") {
    return own.status
  }
  const runs = ["pending", "in_progress", "scheduled", "awaiting_approval", "stopped"].includes(request.status)
  return runs && own.status === "pending" ? "running" : "active"
}

async function readOwnSubject(session: Session, requestId: string, customerId: string): Promise<CustomerPrivacy["active_subject"]> {
  const { rows } = await session.run<{ id: string; status: string }>(
    `SELECT id, status FROM privacy_subject
     WHERE customer_id = $2 AND request_id = $1 AND deleted_at IS NULL
     ORDER BY status IN ('pending', 'held', 'failed') DESC, id DESC
     LIMIT 1`,
    [requestId, customerId]
  )
  return rows[0] ?? null
}

async function readArchiveOf(session: Session, id: string): Promise<CustomerPrivacy["archive"]> {
  const { rows } = await session.run<NonNullable<CustomerPrivacy["archive"]>>(
    `SELECT f.request_id, f.id AS file_id, f.name, f.size::float8 AS size, f.sealed_at AS created_at, f.expires_at
     FROM privacy_file AS f JOIN privacy_subject AS s ON s.file_id = f.id AND s.customer_id = $1 AND s.deleted_at IS NULL
     WHERE f.status = 'ready' AND f.expires_at > now() AND f.deleted_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM privacy_subject AS other WHERE other.request_id = f.request_id AND other.id <> s.id AND other.deleted_at IS NULL)
     ORDER BY f.sealed_at DESC LIMIT 1`,
    [id]
  )
  return rows[0] ?? null
}
