import { type DeliveryStatus, type PrivacyDelivery } from "./told-contract"

type BadgeColor = "grey" | "blue" | "orange" | "red" | "green" | "purple"

const colors: Record<DeliveryStatus, BadgeColor> = {
  pending: "blue",
  sent: "blue",
  acknowledged: "green",
  failed: "red",
  abandoned: "grey",
}

/** The status as shown: what nobody confirmed in time stands out; what was only to be handed over is done when it is. */
export const toDeliveryStatusView = ({
  status,
  overdue,
  next_attempt_at,
}: Pick<PrivacyDelivery, "status" | "overdue" | "next_attempt_at">): {
  code: DeliveryStatus | "overdue"
  color: BadgeColor
} =>
  overdue && status !== "failed"
    ? { code: "overdue", color: "orange" }
    : {
        code: status,
        color: status === "sent" && !next_attempt_at ? "green" : colors[status],
      }

export type DeliveryAction = "retry" | "redeliver" | "acknowledge" | "abandon"

/** What an officer can do to a delivery now. */
export const toDeliveryActions = (
  { status, webhook_id, next_attempt_at }: PrivacyDelivery,
  can: { erase: boolean; configure: boolean }
): DeliveryAction[] => {
  const isOpen =
    status === "failed" || (next_attempt_at !== null && status !== "abandoned")

  return [
    ...(can.erase && isOpen ? (["retry"] as const) : []),
    ...(can.configure && webhook_id && status === "acknowledged"
      ? (["redeliver"] as const)
      : []),
    ...(can.erase && isOpen ? (["acknowledge", "abandon"] as const) : []),
  ]
}

const SOON = 30_000

const LIVE_INTERVAL = 2_000

/** Milliseconds until the next look; false while nothing in view is about to change. */
export const toDeliveryPollInterval = (
  deliveries: Pick<PrivacyDelivery, "next_attempt_at">[] = [],
  now = Date.now()
): number | false =>
  deliveries.some(
    ({ next_attempt_at }) =>
      next_attempt_at && Date.parse(next_attempt_at) - now < SOON
  )
    ? LIVE_INTERVAL
    : false

/** A webhook's address, short enough for a line of text. */
export const toHost = (url: string) => {
  try {
    return new URL(url).host
  } catch {
    return url
  }
}
