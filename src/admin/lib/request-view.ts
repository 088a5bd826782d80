import { type PrivacyRequestStatus, type PrivacyRequestTotals } from "./contract"
import { type BulkRequest, type SubjectStatus } from "./request-contract"

type BadgeColor = "grey" | "blue" | "orange" | "red" | "green" | "purple"

const statusColors: Record<PrivacyRequestStatus, BadgeColor> = {
  awaiting_approval: "purple",
  scheduled: "purple",
  pending: "blue",
  in_progress: "blue",
  stopped: "orange",
  complete: "green",
  canceled: "grey",
  failed: "red",
}

export const subjectColors: Record<SubjectStatus, BadgeColor> = {
  pending: "grey",
  complete: "green",
  held: "orange",
  failed: "red",
  not_found: "grey",
  canceled: "grey",
}

/** Subjects that wait for somebody: held or failed. */
export const countOpen = ({ held, failed }: PrivacyRequestTotals) =>
  held + failed

/** The status as shown: a request that ended with subjects left over is not simply complete. */
export const toStatusView = ({
  status,
  totals,
}: Pick<BulkRequest, "status" | "totals">): {
  code: PrivacyRequestStatus | "complete_open"
  color: BadgeColor
} =>
  status === "complete" && countOpen(totals) > 0
    ? { code: "complete_open", color: "orange" }
    : { code: status, color: statusColors[status] }

/** Subjects that are through, whatever came of them. */
export const countProcessed = ({
  subjects,
  pending,
  canceled,
}: PrivacyRequestTotals) => Math.max(0, subjects - pending - canceled)

export const isRunning = ({ status }: Pick<BulkRequest, "status">) =>
  status === "pending" || status === "in_progress"

const RUNNING_INTERVAL = 1_500
const SOONEST_LOOK = 15_000
// A longer timer overflows in the browser and would fire at once.
const LATEST_LOOK = 3_600_000

/** Milliseconds until the next look at the server; false when nothing in view changes by itself. */
export const toRequestPollInterval = (
  requests: Pick<BulkRequest, "status" | "scheduled_for">[] = [],
  now = Date.now()
): number | false => {
  if (requests.some(isRunning)) {
    return RUNNING_INTERVAL
  }

  const starts = requests.flatMap(({ status, scheduled_for }) =>
    status === "scheduled" && scheduled_for ? [Date.parse(scheduled_for)] : []
  )

  return starts.length
    ? Math.min(Math.max(Math.min(...starts) - now, SOONEST_LOOK), LATEST_LOOK)
    : false
}

const WAITING_INTERVAL = 20_000
// What was under way at the stop still comes to its end: a chunk of an erasure, the file of an extract.
const STOPPED_INTERVAL = 5_000

/** The same for the page of one request: another officer may resume or approve it, which should be seen without a reload. */
export const toRequestPagePollInterval = (
  request?: Pick<BulkRequest, "status" | "scheduled_for">,
  now = Date.now()
): number | false => {
  switch (request?.status) {
    case "stopped":
      return STOPPED_INTERVAL
    case "awaiting_approval":
      return WAITING_INTERVAL
    default:
      return toRequestPollInterval(request && [request], now)
  }
}

/** True when nobody waits for anything any more. */
export const isSettled = ({
  status,
  totals,
}: Pick<BulkRequest, "status" | "totals">) =>
  status === "canceled" || (status === "complete" && !countOpen(totals))

export type DueState = "none" | "later" | "near" | "over"

const DAY = 86_400_000

/**
 * How close the due date of a request is; nothing is due any more once everybody is through.
 *
 * @param nearDays from how many days before it is close, as the server reminds of it; 0 for never
 */
export const toDueState = (
  request: Pick<BulkRequest, "status" | "due_at" | "totals">,
  nearDays: number,
  now = Date.now()
): DueState => {
  if (!request.due_at) {
    return "none"
  }

  if (isSettled(request)) {
    return "later"
  }

  const left = Date.parse(request.due_at) - now

  return left <= 0 ? "over" : left <= nearDays * DAY ? "near" : "later"
}
