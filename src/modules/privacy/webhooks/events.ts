/** What webhooks can be told. */
export const WEBHOOK_EVENTS = ["user.deleted", "privacy_request.completed", "extract.ready"] as const

export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number]

/** Sent by a click, to one endpoint, whatever it listens to. */
export const TEST_EVENT = "webhook.test"
