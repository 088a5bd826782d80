import { type BulkRequest, type RequestFile } from "./request-contract"
import { isRunning } from "./request-view"

export const isReady = ({ status }: Pick<RequestFile, "status">) =>
  status === "ready"

export type NoFilesReason = "waiting" | "none" | "expired" | "destroyed"

/** Why there is nothing to download; undefined when there is something. */
export const findNoFilesReason = (
  request: Pick<BulkRequest, "status">,
  files: RequestFile[]
): NoFilesReason | undefined => {
  if (files.some(isReady)) {
    return undefined
  }

  const last = files.at(-1)

  if (isRunning(request) || request.status === "scheduled") {
    return "waiting"
  }

  if (!last) {
    return "none"
  }

  return last.destroyed_reason === "erased_subject" ? "destroyed" : "expired"
}

/** A new extract makes sense once a file is gone, and nothing makes a further one by itself. */
export const canRepeat = (
  request: Pick<BulkRequest, "status">,
  files: RequestFile[]
) =>
  ["complete", "failed", "canceled"].includes(request.status) &&
  files.some((file) => !isReady(file))

const SOONEST_LOOK = 5_000
const LATEST_LOOK = 3_600_000

/** Milliseconds until the next file expires; false when none will. */
export const toFilesPollInterval = (
  files: RequestFile[] = [],
  now = Date.now()
): number | false => {
  const ends = files.filter(isReady).map(({ expires_at }) => Date.parse(expires_at))

  return ends.length
    ? Math.min(Math.max(Math.min(...ends) - now, SOONEST_LOOK), LATEST_LOOK)
    : false
}
