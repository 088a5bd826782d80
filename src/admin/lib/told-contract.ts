import {
  type DeliveryStatus,
  type WebhookEvent,
} from "../../modules/privacy/vocabulary"

export type { DeliveryStatus, WebhookEvent }

/** A webhook as GET /admin/privacy-webhooks gives it. */
export interface PrivacyWebhook {
  id: string
  url: string
  description: string | null
  event_types: WebhookEvent[]
  enabled: boolean
  disabled_reason: "officer" | "gone" | "failing" | null
  failing_since: string | null
  previous_secret_until: string | null
  created_at: string
  last_delivery: { status: DeliveryStatus; at: string } | null
}

export interface WebhookBody {
  url: string
  description: string | null
  event_types: WebhookEvent[]
  enabled: boolean
}

export interface WebhookListResponse {
  privacy_webhooks: PrivacyWebhook[]
  count: number
}

export interface WebhookResponse {
  privacy_webhook: PrivacyWebhook
}

/** The answer that carries a secret, this once. */
export interface WebhookSecretResponse extends WebhookResponse {
  secret: string
}

/** A delivery as GET /admin/privacy-deliveries gives it. */
export interface PrivacyDelivery {
  id: string
  request_id: string
  reference: string | null
  subject_id: string
  destination: string
  webhook_id: string | null
  webhook_url: string | null
  event: string
  status: DeliveryStatus
  attempts: number
  next_attempt_at: string | null
  error: string | null
  result: {
    removed: { what: string; count: number }[]
    retained: { what: string; why: string }[]
    messages: string[]
  } | null
  delivered_at: string | null
  acknowledged_at: string | null
  deadline_at: string | null
  overdue: boolean
  created_at: string
}

export interface DeliveryAttempt {
  id: string
  outcome: "ok" | "error"
  status_code: number | null
  duration_ms: number
  error: string | null
  response: string | null
  created_at: string
}

export interface DeliveryListResponse {
  privacy_deliveries: PrivacyDelivery[]
  /** Where the next page begins; null on the last. */
  next: string | null
  estimate_count: number
  destinations: string[]
}

export interface DeliveryResponse {
  privacy_delivery: PrivacyDelivery & { log: DeliveryAttempt[] }
}
