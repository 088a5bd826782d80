import type { Actor, AuditEvent } from "../audit/record"

/** What stands in place of an erased customer's reason for a legal hold. */
export const ERASED_REASON = "[erased]"

/** A row of the plugin's own tables that said something about an erased customer. */
export interface OwnRecord {
  id: string
  request_id: string | null
  customer_id: string | null
  /** What the row is: a held or failed subject that ends, or a legal hold that was in force. */
  part: "erasure" | "access" | "legal_hold"
}

/**
 * The plugin's own tables, as common table expressions that end in `own_records`: the plain identifiers of every other request about the
 * erased customers go, what is held or failed there ends, and so do their legal holds with the reasons. What another worker has claimed is
 * passed over: it finds the customer in the ledger after this transaction, and clears its row itself.
 *
 * @param erased a query of one column `key`: the erased customer records
 * @param except SQL of type text[]: subjects that the caller writes itself
 * @param hashes SQL of type text[]: keyed hashes of the erased subjects, for rows that name no customer
 * @param actor SQL of type text: who erases
 */
export const ownRecords = ({ erased, except, hashes, actor }: Record<"erased" | "except" | "hashes" | "actor", string>) => `
  erased AS MATERIALIZED (${erased}),
  theirs AS MATERIALIZED (
    SELECT s.id, s.status FROM erased JOIN privacy_subject AS s ON s.customer_id = erased.key
    WHERE s.deleted_at IS NULL AND s.id <> ALL(${except}) AND (s.identifier IS NOT NULL OR s.status IN ('held', 'failed'))
    FOR UPDATE OF s SKIP LOCKED),
  nameless AS MATERIALIZED (
    SELECT s.id, s.status FROM privacy_subject AS s
    WHERE s.identifier_hash = ANY(${hashes}) AND s.customer_id IS NULL AND s.identifier IS NOT NULL AND s.deleted_at IS NULL
    FOR UPDATE OF s SKIP LOCKED),
  cleared AS (
    UPDATE privacy_subject AS s SET identifier = NULL, updated_at = now(),
      status = CASE WHEN s.status IN ('held', 'failed') THEN 'canceled' ELSE s.status END,
      error = CASE WHEN s.status IN ('held', 'failed') THEN NULL ELSE s.error END
    FROM (SELECT id, status FROM theirs UNION SELECT id, status FROM nameless) AS o WHERE s.id = o.id
    RETURNING s.id, s.request_id, s.customer_id, o.status),
  holds AS MATERIALIZED (
    SELECT h.id, h.released_at IS NULL AS in_force FROM erased JOIN privacy_legal_hold AS h ON h.customer_id = erased.key
    WHERE h.released_at IS NULL OR h.reason <> '${ERASED_REASON}' FOR UPDATE OF h),
  ended AS (
    UPDATE privacy_legal_hold AS h SET reason = '${ERASED_REASON}', updated_at = now(), released_at = coalesce(h.released_at, now()),
      released_by = CASE WHEN holds.in_force THEN ${actor} ELSE h.released_by END
    FROM holds WHERE h.id = holds.id RETURNING h.id, h.customer_id, holds.in_force),
  own_records AS (
    SELECT c.id, c.request_id, c.customer_id, r.type AS part FROM cleared AS c JOIN privacy_request AS r ON r.id = c.request_id
    WHERE c.status IN ('held', 'failed')
    UNION ALL SELECT id, NULL, customer_id, 'legal_hold' FROM ended WHERE in_force)`

/** What is written down of them. */
export function auditOfOwnRecords(records: OwnRecord[], actor: Actor): AuditEvent[] {
  return records.map(({ id, request_id, customer_id, part }) => ({
    ...(part === "legal_hold"
      ? { action: "legal_hold.released", details: { reason: "erased" } }
      : { requestId: request_id, subjectId: id, ...(part === "erasure" ? { action: "erasure.replaced" } : { action: "extract.refused", details: { reason: "erased_meanwhile" } }) }),
    actor,
    customerId: customer_id,
  }))
}
