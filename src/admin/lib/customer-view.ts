import { type CustomerPrivacy, type PrivacyRequestStatus } from "./contract"

export type CustomerView =
  | "ready"
  | "running"
  | "waiting"
  | "held"
  | "failed"
  | "done"
  | "protected"

const waiting: PrivacyRequestStatus[] = [
  "awaiting_approval",
  "scheduled",
  "stopped",
]

/** True while a request begins in a moment or is worked on. */
export const isWorking = (status: PrivacyRequestStatus) =>
  status === "pending" || status === "in_progress"

/** What the widget shows for a customer. */
export const toCustomerView = (privacy: CustomerPrivacy): CustomerView => {
  const request = privacy.active_request

  switch (privacy.status) {
    case "protected":
      return "protected"
    case "erased":
      return "done"
    case "held":
      return "held"
    case "failed":
      return "failed"
    default:
      break
  }

  const isErasure = request?.type === "erasure"

  if (isErasure && waiting.includes(request.status)) {
    return "waiting"
  }

  if (
    privacy.status === "running" ||
    (isErasure && isWorking(request.status))
  ) {
    return "running"
  }

  return "ready"
}

const RUNNING_INTERVAL = 1_000
// Approval or a start time is minutes or days away; still, the page should notice it without a reload.
const WAITING_INTERVAL = 15_000

/** Milliseconds until the next look at the server; false when nothing will change by itself. */
export const toPollInterval = (privacy?: CustomerPrivacy) => {
  if (!privacy) {
    return false
  }

  const view = toCustomerView(privacy)
  const { active_extract } = privacy

  if (
    view === "running" ||
    (active_extract && isWorking(active_extract.status))
  ) {
    return RUNNING_INTERVAL
  }

  return view === "waiting" || active_extract ? WAITING_INTERVAL : false
}

/** True while there is something to export, and no removal is at work on it. */
export const isExportable = (view: CustomerView) =>
  view === "ready" || view === "waiting" || view === "held" || view === "failed"
