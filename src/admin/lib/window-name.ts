import { type RequestType } from "./contract"

/** The window in which a request is put together: its name in texts, permissions and addresses. */
export const toWindowName = (type: RequestType) =>
  type === "erasure" ? ("erase" as const) : ("extract" as const)
