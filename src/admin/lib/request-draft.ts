import {
  type ErasureMethod,
  type ExtractFormat,
  type RequestType,
  type ValueChoice,
} from "./contract"
import { addIdentifiers, isPlausible } from "./identifier-list"
import { type PlanInput } from "./request-contract"

/** What the officer has entered so far. */
export interface RequestDraft {
  type: RequestType
  source: "list" | "file"
  identifierType: string
  /** What stands in the field and was not added yet. */
  entry: string
  identifiers: string[]
  file: File | null
  /** How data is removed, and by which exceptions; not asked where it is extracted. */
  method: ErasureMethod
  profileId?: string
  /** What becomes of store credit and gift cards; not asked where data is extracted. */
  value: ValueChoice
  /** How data is written; not asked where it is removed. */
  format: ExtractFormat
  reason: string
  /** Whether a start time is asked for. */
  isScheduled: boolean
  scheduledFor: Date | null
}

export const toRequestDraft = (
  type: RequestType,
  method: ErasureMethod,
  identifierTypes: string[]
): RequestDraft => ({
  type,
  source: "list",
  identifierType: identifierTypes[0] ?? "email",
  entry: "",
  identifiers: [],
  file: null,
  method,
  value: "invalidate",
  format: "json",
  reason: "",
  isScheduled: false,
  scheduledFor: null,
})

/** True once there is something that closing the window would lose. */
export const isDirty = ({ entry, identifiers, file, reason }: RequestDraft) =>
  Boolean(entry.trim() || identifiers.length || file || reason.trim())

/** What stands in the field counts, even if nobody pressed "Add to list". */
export const commitEntry = (draft: RequestDraft): RequestDraft => {
  const entry = draft.entry.trim()

  if (!entry || !isPlausible(draft.identifierType, entry)) {
    return draft
  }

  return {
    ...draft,
    entry: "",
    identifiers: addIdentifiers(draft.identifierType, draft.identifiers, [
      entry,
    ]).identifiers,
  }
}

export type DraftProblem =
  | "entry"
  | "identifiers"
  | "file"
  | "schedule_missing"
  | "schedule_past"

/** Why the list cannot be checked yet. */
export const findDraftProblem = (
  { source, entry, identifiers, file, isScheduled, scheduledFor }: RequestDraft,
  now = Date.now()
): DraftProblem | undefined => {
  if (source === "list" && entry.trim()) {
    return "entry"
  }

  if (source === "list" && !identifiers.length) {
    return "identifiers"
  }

  if (source === "file" && !file) {
    return "file"
  }

  if (isScheduled && !scheduledFor) {
    return "schedule_missing"
  }

  return isScheduled && scheduledFor && scheduledFor.getTime() <= now
    ? "schedule_past"
    : undefined
}

export const toPlanInput = ({
  type,
  source,
  identifierType,
  identifiers,
  file,
  method,
  profileId,
  format,
  value,
}: RequestDraft): PlanInput => {
  const subjects = {
    identifier_type: identifierType,
    identifiers: source === "file" && file ? file : identifiers,
  }

  return type === "erasure"
    ? { type, method, profile_id: profileId, value, ...subjects }
    : { type, format, ...subjects }
}
