import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { recordAudit, SYSTEM } from "../audit/record"
import { inTransaction, type Session } from "../database/session"
import { errorText } from "../destinations/call"
import type { Courier } from "../jobs/dispatcher"
import { queueDeliveries, type Delivery, type Step } from "../jobs/outbox"
import type { HashKeys, PrivacyOptions } from "../options"
import { post, TIMEOUT, WebhookError } from "./post"
import { redactBody } from "./redact"
import { nextTry } from "./schedule"
import { openSecret, signedHeaders } from "./secret"

/** Calls side by side to one endpoint. */
const SIDE_BY_SIDE = 4

/** Workers that may die over one delivery. Far more than the schedule has tries: a death says something of this process, not of the receiver. */
const MOST_LOSSES = 50

interface Endpoint {
  id: string
  url: string
  enabled: boolean
  secret: string
  previous_secret: string | null
}

/** Brings deliveries to the webhook whose lane it is. */
export function webhookCourier(connection: Knex, { hashKeys, webhooks }: Pick<PrivacyOptions, "hashKeys" | "webhooks">): Courier {
  return {
    batch: SIDE_BY_SIDE,
    lease: TIMEOUT / 1000 + 30,
    isSpent: ({ attempts }) => attempts >= MOST_LOSSES,
    deliver(deliveries) {
      const endpoint = inTransaction(connection, (session) => readEndpoint(session, deliveries[0].lane))
      return deliveries.map(async (delivery) => [await deliver(delivery, await endpoint, hashKeys, webhooks)])
    },
  }
}

async function readEndpoint(session: Session, id: string): Promise<Endpoint | null> {
  const { rows } = await session.run<Endpoint>(
    `SELECT id, url, enabled, secret, CASE WHEN previous_secret_until > now() THEN previous_secret END AS previous_secret
     FROM privacy_webhook WHERE id = $1 AND deleted_at IS NULL`,
    [id]
  )
  return rows[0] ?? null
}

/** The body: the same at every try, since it comes from the row alone. */
export const bodyOf = ({ event, payload, created_at }: Pick<Delivery, "event" | "payload" | "created_at">) =>
  JSON.stringify({ type: event, timestamp: created_at.toISOString(), data: payload })

async function deliver(delivery: Delivery, endpoint: Endpoint | null, keys: HashKeys, rules: PrivacyOptions["webhooks"]): Promise<Step> {
  if (!endpoint?.enabled) {
    const error = endpoint ? "The webhook is switched off. Enable it and redeliver." : "The webhook was deleted."
    return { delivery, status: "failed", next: null, counts: false, error }
  }
  const body = bodyOf(delivery)
  try {
    const secrets = [endpoint.secret, endpoint.previous_secret].filter((sealed) => sealed !== null).map((sealed) => openSecret(keys, sealed))
    const { status, retryAfter, body: answer, duration } = await post(
      endpoint.url,
      signedHeaders(secrets, delivery.id, Math.floor(delivery.now), body),
      body,
      rules
    )
    const attempt = { status_code: status, duration_ms: duration, response: redactBody(answer) }
    if (status >= 200 && status < 300) {
      return { delivery, status: "acknowledged", next: null, counts: true, attempt, also: (session) => works(session, endpoint.id) }
    }
    if (status === 410) {
      return {
        delivery, status: "failed", next: null, counts: true, attempt, error: "The receiver answered 410: it is gone, and the webhook was switched off.",
        also: (session) => switchOff(session, endpoint.id, "gone", "it answered that it is gone (410)"),
      }
    }
    return failed(delivery, endpoint, rules, `The receiver answered ${status}.`, attempt, retryAfter)
  } catch (error) {
    const duration = error instanceof WebhookError ? error.duration : 0
    const text = error instanceof WebhookError ? error.kind : errorText(error)
    return failed(delivery, endpoint, rules, text, { status_code: null, duration_ms: duration, response: null }, null)
  }
}

function failed(
  delivery: Delivery,
  { id }: Endpoint,
  { disable_after_days }: PrivacyOptions["webhooks"],
  error: string,
  attempt: Step["attempt"],
  retryAfter: number | null
): Step {
  const next = nextTry(delivery.attempts + 1, retryAfter)
  return {
    delivery, status: next === null ? "failed" : "pending", next, counts: true, error, attempt,
    rest: retryAfter ?? undefined,
    also: (session) => fails(session, id, disable_after_days),
  }
}

const works = async (session: Session, id: string) => {
  await session.run("UPDATE privacy_webhook SET failing_since = NULL, updated_at = now() WHERE id = $1 AND failing_since IS NOT NULL", [id])
}

/** Notes since when nothing goes through, and switches off what has failed for days. */
async function fails(session: Session, id: string, days: number) {
  await session.run("UPDATE privacy_webhook SET failing_since = now(), updated_at = now() WHERE id = $1 AND failing_since IS NULL", [id])
  const { rows } = await session.run("SELECT 1 FROM privacy_webhook WHERE id = $1 AND enabled AND failing_since <= now() - make_interval(days => $2)", [id, days])
  if (rows.length) {
    await switchOff(session, id, "failing", `nothing has gone through for ${days} days`)
  }
}

async function switchOff(session: Session, id: string, reason: "gone" | "failing", words: string) {
  const { rowCount } = await session.run(
    "UPDATE privacy_webhook SET enabled = FALSE, disabled_reason = $2, updated_at = now() WHERE id = $1 AND enabled AND deleted_at IS NULL",
    [id, reason]
  )
  if (rowCount) {
    await recordAudit(session, [{ action: "webhook.disabled", actor: SYSTEM, details: { webhook_id: id, reason } }])
    await queueDeliveries(session, [
      {
        requestId: "", subjectId: "", destination: "feed", event: "notice",
        payload: { title: "A privacy webhook was switched off", description: `${id}: ${words}. Mend the receiver, enable it again under Settings → Privacy → Webhooks, and redeliver.` },
      },
    ])
  }
}
