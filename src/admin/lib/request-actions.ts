import {
  RETRY_SUBJECT_FROM,
  TRANSITIONS,
} from "../../modules/privacy/requests/transitions"
import { type PrivacyPermission, type PrivacyRequestStatus } from "./contract"
import { type BulkRequest, type PrivacySubject } from "./request-contract"
import { countOpen, isSettled } from "./request-view"
import { toWindowName } from "./window-name"

export type RequestAction = keyof typeof TRANSITIONS | "extend"

// The server's own table, with any status as a key to ask by.
const from: Record<keyof typeof TRANSITIONS, readonly PrivacyRequestStatus[]> =
  TRANSITIONS

const ORDER: RequestAction[] = [
  "approve",
  "resume",
  "stop",
  "retry",
  "extend",
  "cancel",
]

/** Actions that end or begin something for good; they stand apart in menus. */
export const isFinal = (action: RequestAction) => action === "cancel"

interface Officer {
  /** Undefined while it is not known who is looking. */
  id?: string
  can: (permission: PrivacyPermission) => boolean
}

type ActionRequest = Pick<
  BulkRequest,
  "type" | "status" | "totals" | "requested_by" | "due_at" | "extended_at"
>

/** What this officer can do to a request now. The server checks again. */
export const toRequestActions = (
  request: ActionRequest,
  officer: Officer,
  now = Date.now()
): RequestAction[] =>
  ORDER.filter((action) => {
    const permission =
      action === "approve" ? "approve" : toWindowName(request.type)

    if (!officer.can(permission)) {
      return false
    }

    if (action === "extend") {
      return isExtensible(request, now)
    }

    if (!from[action].includes(request.status)) {
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

/** Once, and only before the due date. */
const isExtensible = (request: ActionRequest, now: number) =>
  !request.extended_at &&
  !isSettled(request) &&
  Boolean(request.due_at) &&
  Date.parse(request.due_at as string) > now

/** True when this officer can have one customer tried again. */
export const canRetrySubject = (
  { type, status }: Pick<BulkRequest, "type" | "status">,
  subject: Pick<PrivacySubject, "status">,
  { can }: Pick<Officer, "can">
) =>
  can(toWindowName(type)) &&
  RETRY_SUBJECT_FROM.includes(status) &&
  (subject.status === "held" || subject.status === "failed")
