export { WEBHOOK_EVENTS, type WebhookEvent } from "../vocabulary"

/** Sent by a click, to one endpoint, whatever it listens to. */
export const TEST_EVENT = "webhook.test"
