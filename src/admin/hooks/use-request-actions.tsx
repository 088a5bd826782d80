import {
  ArrowPath,
  CalendarMini,
  CheckCircle,
  PauseSolid,
  PlaySolid,
  XCircle,
} from "@medusajs/icons"
import { toast, usePrompt } from "@medusajs/ui"
import { type ReactNode } from "react"
import { readAffected, STARTS_WITH } from "../lib/affected-subjects"
import { type RequestAction, toRequestActions } from "../lib/request-actions"
import { type BulkRequest } from "../lib/request-contract"
import { countOpen } from "../lib/request-view"
import { useErrorToast } from "./use-error-toast"
import { useFormat } from "./use-format"
import { useMe } from "./use-officers"
import { usePrivacyPermissions } from "./use-privacy-permissions"
import { useRequestAction } from "./use-privacy-requests"
import { usePrivacyTranslation } from "./use-privacy-translation"

const icons: Record<RequestAction, ReactNode> = {
  approve: <CheckCircle />,
  resume: <PlaySolid />,
  stop: <PauseSolid />,
  retry: <ArrowPath />,
  extend: <CalendarMini />,
  cancel: <XCircle />,
}

export interface RequestActionItem {
  action: RequestAction
  label: string
  icon: ReactNode
  run: () => Promise<void>
}

/**
 * What the officer can do to a request now, each with its question where an answer matters.
 *
 * @param onExtend opens the dialog that asks for the reason
 */
export const useRequestActions = (
  request: BulkRequest,
  onExtend: () => void
) => {
  const { t, language } = usePrivacyTranslation()
  const { number } = useFormat()
  const { can } = usePrivacyPermissions()
  const me = useMe()
  const prompt = usePrompt()
  const showError = useErrorToast()
  const { mutate, isPending, variables } = useRequestAction(request.id)
  const isExtract = request.type === "access"

  /** "Try open ones again (12)": how many it takes stands on the button. */
  const toLabel = (action: RequestAction) =>
    t(`request.actions.${action}`, { total: number(countOpen(request.totals)) })

  /** Asks with the number and the first names of those it takes; what cannot be said is not asked, and not done. */
  const askToErase = async (action: "approve" | "resume" | "retry") => {
    const { count, names } = await readAffected(request.id, STARTS_WITH[action])
    const shown = new Intl.ListFormat(language, { type: "unit" }).format(
      names
    )
    const rest = count - names.length
    const agreed = await prompt({
      variant: "danger",
      title: t(`request.prompt.${action}.title`),
      description: [
        t(`request.prompt.${action}.text`, { count, total: number(count) }),
        rest > 0
          ? t("request.prompt.namesAndMore", {
              names: shown,
              count: rest,
              total: number(rest),
            })
          : shown,
      ].join(" "),
      confirmText: t(`request.actions.${action}`, { total: number(count) }),
      cancelText: t("actions.cancel"),
    })

    return agreed ? { confirm: count } : false
  }

  const ask = async (
    action: RequestAction
  ): Promise<boolean | { confirm: number }> => {
    switch (action) {
      case "approve":
      case "resume":
      case "retry":
        // An extract takes nothing away.
        return isExtract || askToErase(action)
      case "cancel":
        return prompt({
          variant: "danger",
          title: t("request.prompt.cancel.title"),
          description: t(
            isExtract
              ? "request.prompt.cancel.extractText"
              : "request.prompt.cancel.text"
          ),
          confirmText: t("request.actions.cancel"),
          cancelText: t("request.prompt.cancel.keep"),
        })
      default:
        return true
    }
  }

  const run = async (action: RequestAction) => {
    if (action === "extend") {
      return onExtend()
    }

    const label = toLabel(action)
    let agreed: boolean | { confirm: number }

    try {
      agreed = await ask(action)
    } catch (error) {
      return showError(label, error)
    }

    if (!agreed) {
      return
    }

    mutate(
      { action, confirm: agreed === true ? undefined : agreed.confirm },
      {
        onSuccess: () => {
          toast.success(t(`request.toast.${action}`), {
            description: request.reference,
          })
        },
        onError: (error) => showError(label, error),
      }
    )
  }

  const items = toRequestActions(request, { id: me?.id, can }).map(
    (action): RequestActionItem => ({
      action,
      label: toLabel(action),
      icon: icons[action],
      run: () => run(action),
    })
  )

  return { items, running: isPending ? variables.action : undefined }
}
