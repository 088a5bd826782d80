import { type PrivacyPermission, type PrivacyRequestStatus } from "./contract"
import { type BulkRequest } from "./request-contract"
import { countOpen } from "./request-view"

export type RequestAction = "approve" | "resume" | "stop" | "retry" | "cancel"

interface ActionRule {
  permission: PrivacyPermission
  from: PrivacyRequestStatus[]
}

const rules: Record<RequestAction, ActionRule> = {
  approve: { permission: "approve", from: ["awaiting_approval"] },
  resume: { permission: "erase", from: ["stopped"] },
  stop: { permission: "erase", from: ["pending", "in_progress", "scheduled"] },
  retry: { permission: "erase", from: ["complete", "failed"] },
  cancel: {
    permission: "erase",
    from: ["awaiting_approval", "scheduled", "pending", "stopped"],
  },
}

/** Actions that end or begin something for good; they stand apart in menus. */
export const isFinal = (action: RequestAction) => action === "cancel"

interface Officer {
  /** Undefined while it is not known who is looking. */
  id?: string
  can: (permission: PrivacyPermission) => boolean
}

/** What this officer can do to a request now. The server checks again. */
export const toRequestActions = (
  request: Pick<BulkRequest, "status" | "totals" | "requested_by">,
  officer: Officer
): RequestAction[] =>
  (Object.keys(rules) as RequestAction[]).filter((action) => {
    const { permission, from } = rules[action]

    if (!officer.can(permission) || !from.includes(request.status)) {
      return false
    }

    switch (action) {
      case "approve":
        // Four eyes: never the requester's own two.
        return Boolean(officer.id) && officer.id !== request.requested_by
      case "retry":
        return countOpen(request.totals) > 0
      default:
        return true
    }
  })
