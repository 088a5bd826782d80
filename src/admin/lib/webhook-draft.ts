import {
  type PrivacyWebhook,
  type WebhookBody,
  type WebhookEvent,
} from "./told-contract"
import { WEBHOOK_EVENTS } from "./vocabulary"

/** A webhook as the form holds it. */
export interface WebhookDraft {
  url: string
  description: string
  events: WebhookEvent[]
  enabled: boolean
}

export const toWebhookDraft = (webhook?: PrivacyWebhook): WebhookDraft => ({
  url: webhook?.url ?? "",
  description: webhook?.description ?? "",
  events: webhook?.event_types ?? [...WEBHOOK_EVENTS],
  enabled: webhook?.enabled ?? true,
})

/** What keeps the form from being sent; which addresses are allowed the server decides. */
export const findWebhookProblems = ({
  url,
  events,
}: WebhookDraft): { url?: "missing" | "notAUrl"; events?: "none" } | undefined => {
  const address = url.trim()
  const problems = {
    ...(!address
      ? { url: "missing" as const }
      : /^https?:\/\/\S+$/i.test(address)
        ? {}
        : { url: "notAUrl" as const }),
    ...(events.length ? {} : { events: "none" as const }),
  }

  return Object.keys(problems).length ? problems : undefined
}

export const toWebhookBody = ({
  url,
  description,
  events,
  enabled,
}: WebhookDraft): WebhookBody => ({
  url: url.trim(),
  description: description.trim() || null,
  event_types: events,
  enabled,
})
