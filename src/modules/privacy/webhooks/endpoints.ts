import { MedusaError } from "@medusajs/framework/utils"
import { recordAudit, type Actor } from "../audit/record"
import { newId } from "../database/new-id"
import type { Session } from "../database/session"
import { queueDeliveries } from "../jobs/outbox"
import type { PrivacyOptions } from "../options"
import type { Page } from "../requests/read-requests"
import { TEST_EVENT, type WebhookEvent } from "./events"
import { urlProblem } from "./guard"
import { newSecret, sealSecret } from "./secret"

/** A webhook as the API shows it: never its secret. */
export interface WebhookView {
  id: string
  url: string
  description: string | null
  event_types: WebhookEvent[]
  enabled: boolean
  disabled_reason: "officer" | "gone" | "failing" | null
  failing_since: Date | null
  /** Until when the secret before the last rotation signs too. */
  previous_secret_until: Date | null
  created_at: Date
  updated_at: Date
  /** The last delivery that ended or was tried: its status and time. */
  last_delivery: { status: string; at: Date } | null
}

export interface WebhookInput {
  url: string
  description?: string | null
  event_types: WebhookEvent[]
  enabled?: boolean
}

type Rules = Pick<PrivacyOptions, "webhooks" | "hashKeys">

/** How long both secrets sign after a rotation. */
const ROTATION = "interval '1 day'"

const COLUMNS = `w.id, w.url, w.description, w.event_types, w.enabled, w.disabled_reason, w.failing_since,
  CASE WHEN w.previous_secret_until > now() THEN w.previous_secret_until END AS previous_secret_until, w.created_at, w.updated_at,
  (SELECT json_build_object('status', d.status, 'at', coalesce(d.acknowledged_at, d.updated_at)) FROM privacy_delivery AS d
     WHERE d.webhook_id = w.id AND d.deleted_at IS NULL AND d.attempts > 0 ORDER BY d.updated_at DESC LIMIT 1) AS last_delivery`

export async function listWebhooks(session: Session, { limit, offset }: Page): Promise<{ webhooks: WebhookView[]; count: number }> {
  const { rows: webhooks } = await session.run<WebhookView>(
    `SELECT ${COLUMNS} FROM privacy_webhook AS w WHERE w.deleted_at IS NULL ORDER BY w.created_at DESC, w.id DESC LIMIT $1 OFFSET $2`,
    [limit, offset]
  )
  const { rows } = await session.run<{ count: number }>("SELECT count(*)::int AS count FROM privacy_webhook WHERE deleted_at IS NULL")
  return { webhooks, count: rows[0].count }
}

/** @throws MedusaError NOT_FOUND */
export async function readWebhook(session: Session, id: string): Promise<WebhookView> {
  const { rows } = await session.run<WebhookView>(`SELECT ${COLUMNS} FROM privacy_webhook AS w WHERE w.id = $1 AND w.deleted_at IS NULL`, [id])
  if (!rows.length) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `Privacy webhook with id: ${id} was not found`)
  }
  return rows[0]
}

/**
 * Makes a webhook.
 *
 * @returns it, and its secret: shown this once
 * @throws MedusaError INVALID_DATA when the URL is not one that webhooks may call
 */
export async function createWebhook(session: Session, rules: Rules, input: WebhookInput, actor: Actor): Promise<{ webhook: WebhookView; secret: string }> {
  refuseUrl(input.url, rules)
  const id = newId("prvwh")
  const secret = newSecret()
  await session.run(
    `INSERT INTO privacy_webhook (id, url, description, event_types, secret, enabled, disabled_reason)
     VALUES ($1, $2, $3, $4, $5, $6, CASE WHEN NOT $6 THEN 'officer' END)`,
    [id, input.url, input.description ?? null, input.event_types, sealSecret(rules.hashKeys, secret), input.enabled ?? true]
  )
  await recordAudit(session, [{ action: "webhook.created", actor, details: { webhook_id: id, event_types: input.event_types } }])
  return { webhook: await readWebhook(session, id), secret }
}

/** @throws MedusaError NOT_FOUND; INVALID_DATA when the URL is not one that webhooks may call */
export async function updateWebhook(session: Session, rules: Rules, id: string, input: Partial<WebhookInput>, actor: Actor): Promise<WebhookView> {
  const before = await readWebhook(session, id)
  const next = { ...before, ...input }
  refuseUrl(next.url, rules)
  await session.run(
    `UPDATE privacy_webhook SET url = $2, description = $3, event_types = $4, enabled = $5, updated_at = now(),
       disabled_reason = CASE WHEN $5 THEN NULL WHEN enabled THEN 'officer' ELSE disabled_reason END,
       failing_since = CASE WHEN enabled IS DISTINCT FROM $5 OR url IS DISTINCT FROM $2 THEN NULL ELSE failing_since END
     WHERE id = $1`,
    [id, next.url, next.description ?? null, next.event_types, next.enabled]
  )
  const changed = (["url", "description", "event_types", "enabled"] as const).filter((field) => JSON.stringify(next[field]) !== JSON.stringify(before[field]))
  await recordAudit(session, [{ action: "webhook.changed", actor, details: { webhook_id: id, changed, enabled: next.enabled } }])
  return readWebhook(session, id)
}

/** What waits for it ends as failed. */
export async function deleteWebhook(session: Session, id: string, actor: Actor): Promise<void> {
  await readWebhook(session, id)
  await session.run("UPDATE privacy_webhook SET deleted_at = now(), enabled = FALSE, secret = '', previous_secret = NULL WHERE id = $1", [id])
  await recordAudit(session, [{ action: "webhook.deleted", actor, details: { webhook_id: id } }])
}

/** A new secret, shown this once; the one before signs beside it for a day, so that receivers can change over. */
export async function rotateSecret(session: Session, { hashKeys }: Rules, id: string, actor: Actor): Promise<{ webhook: WebhookView; secret: string }> {
  await readWebhook(session, id)
  const secret = newSecret()
  await session.run(
    `UPDATE privacy_webhook SET previous_secret = secret, previous_secret_until = now() + ${ROTATION}, secret = $2, updated_at = now() WHERE id = $1`,
    [id, sealSecret(hashKeys, secret)]
  )
  await recordAudit(session, [{ action: "webhook.secret_rotated", actor, details: { webhook_id: id } }])
  return { webhook: await readWebhook(session, id), secret }
}

/**
 * Queues a `webhook.test` for this endpoint alone.
 *
 * @throws MedusaError NOT_FOUND; NOT_ALLOWED while it is switched off
 */
export async function testWebhook(session: Session, id: string, actor: Actor): Promise<void> {
  const { enabled } = await readWebhook(session, id)
  if (!enabled) {
    throw new MedusaError(MedusaError.Types.NOT_ALLOWED, "The webhook is switched off. Enable it to test it.")
  }
  await queueDeliveries(session, [
    { requestId: "", subjectId: "", destination: "webhook", webhookId: id, event: TEST_EVENT, payload: { webhook_id: id } },
  ])
  await recordAudit(session, [{ action: "webhook.tested", actor, details: { webhook_id: id } }])
}

function refuseUrl(url: string, { webhooks }: Rules): void {
  const problem = urlProblem(url, webhooks)
  if (problem) {
    throw new MedusaError(MedusaError.Types.INVALID_DATA, `The webhook's URL ${problem}. Give a public https:// address.`)
  }
}
