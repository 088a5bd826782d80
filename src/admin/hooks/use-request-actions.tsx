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
import { type RequestAction, toRequestActions } from "../lib/request-actions"
import { type BulkRequest } from "../lib/request-contract"
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
  const { t } = usePrivacyTranslation()
  const { number } = useFormat()
  const { can } = usePrivacyPermissions()
  const me = useMe()
  const prompt = usePrompt()
  const showError = useErrorToast()
  const { mutate, isPending, variables } = useRequestAction(request.id)
  const isExtract = request.type === "access"

  const ask = (action: RequestAction) => {
    switch (action) {
      case "approve":
      case "resume":
        // An extract takes nothing away.
        return (
          isExtract ||
          prompt({
            variant: "danger",
            title: t(`request.prompt.${action}.title`),
            description: t(`request.prompt.${action}.text`, {
              count: request.totals.pending,
              total: number(request.totals.pending),
            }),
            confirmText: t(`request.actions.${action}`),
            cancelText: t("actions.cancel"),
          })
        )
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

    if (!(await ask(action))) {
      return
    }

    mutate(action, {
      onSuccess: () => {
        toast.success(t(`request.toast.${action}`), {
          description: request.reference,
        })
      },
      onError: (error) => showError(t(`request.actions.${action}`), error),
    })
  }

  const items = toRequestActions(request, { id: me?.id, can }).map(
    (action): RequestActionItem => ({
      action,
      label: t(`request.actions.${action}`),
      icon: icons[action],
      run: () => run(action),
    })
  )

  return { items, running: isPending ? variables : undefined }
}
