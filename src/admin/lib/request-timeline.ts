import { type TimelineEntry } from "./contract"
import { type BulkRequest } from "./request-contract"

const ends = {
  canceled: "request.canceled",
  failed: "request.failed",
} as const

/** The life of a request as far as its own times tell it. */
export const toRequestTimeline = (request: BulkRequest): TimelineEntry[] => {
  const { id, status, created_at, started_at, completed_at } = request
  const end = ends[status as keyof typeof ends] ?? "request.completed"

  return [
    {
      action: "request.created",
      at: created_at,
      actor: request.requester ?? request.requested_by,
    },
    { action: "request.started", at: started_at, actor: null },
    { action: end, at: completed_at, actor: null },
  ].flatMap(({ action, at, actor }) =>
    at ? [{ id: action, action, at, actor, message: "", request_id: id }] : []
  )
}
