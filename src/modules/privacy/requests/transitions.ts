import type { RequestStatus } from "../vocabulary"

export { REQUEST_STATUSES, type RequestStatus } from "../vocabulary"

/** What an officer may do to a request (the admin reads this table too), and from which states. `retry` needs held or failed subjects besides. */
export const TRANSITIONS = {
  approve: ["awaiting_approval"],
  stop: ["scheduled", "pending", "in_progress"],
  resume: ["stopped"],
  cancel: ["awaiting_approval", "scheduled", "pending", "stopped"],
  retry: ["complete", "failed"],
} as const satisfies Record<string, readonly RequestStatus[]>

/** While a request is in one of these, a single subject of it can be tried again. */
export const RETRY_SUBJECT_FROM: readonly RequestStatus[] = ["pending", "in_progress", "complete", "failed"]

export type RequestAction = keyof typeof TRANSITIONS
