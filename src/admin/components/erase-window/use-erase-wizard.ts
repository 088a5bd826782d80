import { useRouteModal } from "@medusajs/dashboard/components"
import { toast } from "@medusajs/ui"
import { useState } from "react"
import { useBulkErasure, useErasurePreview } from "../../hooks/use-bulk-erasure"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type ErasureMethod } from "../../lib/contract"
import {
  commitEntry,
  type DraftProblem,
  type ErasureDraft,
  findDraftProblem,
  toErasureDraft,
  toPlanInput,
} from "../../lib/erasure-draft"
import {
  countSubjects,
  isCountConfirmed,
  type PlanChange,
  toPlanChanges,
} from "../../lib/erasure-plan"
import {
  type BulkRequest,
  type ErasurePreview,
} from "../../lib/request-contract"

export type EraseStep = "input" | "review" | "confirm"

/** A problem as of one attempt: a new attempt is a new object. */
export interface FoundProblem {
  code: DraftProblem
}

export interface EraseWizardProps {
  defaultMethod: ErasureMethod
  identifierTypes: string[]
}

/** The three steps: who, whom the list means, and the last word. */
export const useEraseWizard = ({
  defaultMethod,
  identifierTypes,
}: EraseWizardProps) => {
  const { number } = useFormat()
  const { handleSuccess } = useRouteModal()
  const announce = useAnnouncement()
  const check = useErasurePreview()
  const erase = useBulkErasure()

  const [step, setStep] = useState<EraseStep>("input")
  const [draft, setDraft] = useState(() =>
    toErasureDraft(defaultMethod, identifierTypes)
  )
  const [problem, setProblem] = useState<FoundProblem>()
  const [preview, setPreview] = useState<ErasurePreview>()
  const [changes, setChanges] = useState<PlanChange[]>()
  const [typed, setTyped] = useState("")

  const subjects = preview ? countSubjects(preview) : 0
  const isConfirmed =
    subjects > 0 && isCountConfirmed(typed, subjects, number(subjects))

  const change = (part: Partial<ErasureDraft>) => {
    const next = { ...draft, ...part }

    setDraft(next)
    check.reset()

    // Only once something was refused does the form follow every stroke.
    if (problem) {
      const code = findDraftProblem(next)

      setProblem(code === problem.code ? problem : code && { code })
    }
  }

  const show = (found: ErasurePreview, differences?: PlanChange[]) => {
    setPreview(found)
    setChanges(differences)
    setTyped("")
    erase.reset()
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
    if (!preview || !isConfirmed || erase.isPending) {
      return
    }

    erase.mutate(
      {
        ...toPlanInput(draft),
        reason: draft.reason.trim() || undefined,
        scheduled_for: draft.isScheduled
          ? draft.scheduledFor?.toISOString()
          : undefined,
        plan_hash: preview.plan_hash,
        confirm: subjects,
      },
      {
        onSuccess: ({ privacy_request }) => {
          announce(privacy_request)
          handleSuccess(`/customer-data/${privacy_request.id}`)
        },
      }
    )
  }

  const goTo = (target: EraseStep) => {
    if (target === "review" && step === "input") {
      toReview()
    } else if (target !== "confirm" || subjects > 0) {
      setStep(target)
    }
  }

  return {
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
    erase,
    lookAgain,
    submit,
  }
}

export type EraseWizardState = ReturnType<typeof useEraseWizard>

const useAnnouncement = () => {
  const { t } = usePrivacyTranslation()
  const { dateTime } = useFormat()

  return ({ reference, status, scheduled_for }: BulkRequest) => {
    const text = () => {
      switch (status) {
        case "awaiting_approval":
          return t("erase.toast.awaiting_approval")
        case "scheduled":
          return scheduled_for
            ? t("erase.toast.scheduled", { date: dateTime(scheduled_for) })
            : undefined
        default:
          return t("erase.toast.running")
      }
    }

    toast.info(t("erase.toast.title", { reference }), { description: text() })
  }
}
