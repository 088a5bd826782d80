/** States of a privacy request. */
export const REQUEST_STATUSES = [
  "awaiting_approval", "scheduled", "pending", "in_progress", "stopped", "complete", "canceled", "failed",
] as const

export type RequestStatus = (typeof REQUEST_STATUSES)[number]

/** What an officer may do to a request, and from which states. `retry` needs held or failed subjects besides. */
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
