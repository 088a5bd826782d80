import { type RequestType } from "./contract"

/** What became of a customer reads differently where data is handed out. */
export const toSubjectWords = (type: RequestType) =>
  type === "erasure"
    ? ("subjectStatuses" as const)
    : ("extractStatuses" as const)
