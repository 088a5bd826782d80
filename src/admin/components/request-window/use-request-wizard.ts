import { useRouteModal } from "@medusajs/dashboard/components"
import { toast } from "@medusajs/ui"
import { useState } from "react"
import { useBulkRequest, useRequestPreview } from "../../hooks/use-bulk-request"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type ErasureMethod, type RequestType } from "../../lib/contract"
import {
  commitEntry,
  type DraftProblem,
  type RequestDraft,
  findDraftProblem,
  toRequestDraft,
  toPlanInput,
} from "../../lib/request-draft"
import {
  countSubjects,
  isCountConfirmed,
  type PlanChange,
  toPlanChanges,
} from "../../lib/request-plan"
import {
  type BulkRequest,
  type RequestPreview,
} from "../../lib/request-contract"
import { toWindowName } from "../../lib/window-name"

export type RequestStep = "input" | "review" | "confirm"

const STEPS: RequestStep[] = ["input", "review"]
const CONFIRMED: RequestStep[] = [...STEPS, "confirm"]

/** A problem as of one attempt: a new attempt is a new object. */
export interface FoundProblem {
  code: DraftProblem
}

interface RequestWizardOptions {
  type: RequestType
  defaultMethod: ErasureMethod
  identifierTypes: string[]
  /** Whether a last step asks for the number of customers. */
  isConfirmedByNumber: boolean
}

/** The steps: who, whom the list means, and, where nothing can be undone, the last word. */
export const useRequestWizard = ({
  type,
  defaultMethod,
  identifierTypes,
  isConfirmedByNumber,
}: RequestWizardOptions) => {
  const { number } = useFormat()
  const { handleSuccess } = useRouteModal()
  const announce = useAnnouncement(type)
  const check = useRequestPreview()
  const filing = useBulkRequest()

  const [step, setStep] = useState<RequestStep>("input")
  const [draft, setDraft] = useState(() =>
    toRequestDraft(type, defaultMethod, identifierTypes)
  )
  const [problem, setProblem] = useState<FoundProblem>()
  const [preview, setPreview] = useState<RequestPreview>()
  const [changes, setChanges] = useState<PlanChange[]>()
  const [typed, setTyped] = useState("")

  const subjects = preview ? countSubjects(preview) : 0
  const isConfirmed =
    subjects > 0 &&
    (!isConfirmedByNumber ||
      isCountConfirmed(typed, subjects, number(subjects)))

  const change = (part: Partial<RequestDraft>) => {
    const next = { ...draft, ...part }

    setDraft(next)
    check.reset()

    // Only once something was refused does the form follow every stroke.
    if (problem) {
      const code = findDraftProblem(next)

      setProblem(code === problem.code ? problem : code && { code })
    }
  }

  const show = (found: RequestPreview, differences?: PlanChange[]) => {
    setPreview(found)
    setChanges(differences)
    setTyped("")
    filing.reset()
    setStep("review")
  }

  const toReview = () => {
    const committed = commitEntry(draft)
    const code = findDraftProblem(committed)

    setDraft(committed)
    setProblem(code && { code })

    if (!code && !check.isPending) {
      check.mutate(toPlanInput(committed), { onSuccess: (data) => show(data) })
    }
  }

  /** After the plan was refused: what differs from what the officer had seen. */
  const lookAgain = () =>
    check.mutate(toPlanInput(draft), {
      onSuccess: (data) =>
        show(data, preview ? toPlanChanges(preview, data) : undefined),
    })

  const submit = () => {
    if (!preview || !isConfirmed || filing.isPending) {
      return
    }

    filing.mutate(
      {
        ...toPlanInput(draft),
        reason: draft.reason.trim() || undefined,
        scheduled_for: draft.isScheduled
          ? draft.scheduledFor?.toISOString()
          : undefined,
        plan_hash: preview.plan_hash,
        confirm: isConfirmedByNumber ? subjects : undefined,
      },
      {
        onSuccess: ({ privacy_request }) => {
          announce(privacy_request)
          handleSuccess(`/customer-data/${privacy_request.id}`)
        },
      }
    )
  }

  const goTo = (target: RequestStep) => {
    if (target === "review" && step === "input") {
      toReview()
    } else if (target !== "confirm" || subjects > 0) {
      setStep(target)
    }
  }

  return {
    window: toWindowName(type),
    steps: isConfirmedByNumber ? CONFIRMED : STEPS,
    step,
    goTo,
    draft,
    change,
    problem,
    preview,
    changes,
    subjects,
    typed,
    setTyped,
    isConfirmed,
    check,
    filing,
    lookAgain,
    submit,
  }
}

export type RequestWizardState = ReturnType<typeof useRequestWizard>

const useAnnouncement = (type: RequestType) => {
  const { t } = usePrivacyTranslation()
  const { dateTime } = useFormat()

  return ({ reference, status, scheduled_for }: BulkRequest) => {
    const text = () => {
      switch (status) {
        case "awaiting_approval":
          return t("requestWindow.toast.awaiting_approval")
        case "scheduled":
          return scheduled_for
            ? t("requestWindow.toast.scheduled", { date: dateTime(scheduled_for) })
            : undefined
        default:
          return t(`${toWindowName(type)}.started`)
      }
    }

    toast.info(t("requestWindow.toast.title", { reference }), { description: text() })
  }
}
