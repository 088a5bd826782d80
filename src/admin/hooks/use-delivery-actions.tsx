import { ArrowPath, ArrowUturnLeft, CheckCircle, XCircle } from "@medusajs/icons"
import { toast, usePrompt } from "@medusajs/ui"
import { type ReactNode } from "react"
import { type DeliveryAction, toDeliveryActions } from "../lib/delivery-view"
import { type PrivacyDelivery } from "../lib/told-contract"
import { useErrorToast } from "./use-error-toast"
import { useDeliveryAction } from "./use-privacy-deliveries"
import { usePrivacyPermissions } from "./use-privacy-permissions"
import { usePrivacyTranslation } from "./use-privacy-translation"

const icons: Record<DeliveryAction, ReactNode> = {
  retry: <ArrowPath />,
  redeliver: <ArrowUturnLeft />,
  acknowledge: <CheckCircle />,
  abandon: <XCircle />,
}

/** What the officer can do to a delivery now; what cannot be undone asks first. */
export const useDeliveryActions = (delivery: PrivacyDelivery) => {
  const { t } = usePrivacyTranslation()
  const { can } = usePrivacyPermissions()
  const prompt = usePrompt()
  const showError = useErrorToast()
  const { mutate, isPending } = useDeliveryAction(delivery)

  const ask = (action: DeliveryAction) =>
    action === "acknowledge" || action === "abandon"
      ? prompt({
          variant: action === "abandon" ? "danger" : "confirmation",
          title: t(`deliveries.prompt.${action}.title`),
          description: t(`deliveries.prompt.${action}.text`),
          confirmText: t(`deliveries.actions.${action}`),
          cancelText: t("actions.cancel"),
        })
      : true

  const run = async (action: DeliveryAction) => {
    if (!(await ask(action))) {
      return
    }

    mutate(action, {
      onSuccess: () => {
        toast.success(t(`deliveries.toast.${action}`))
      },
      onError: (error) => showError(t(`deliveries.actions.${action}`), error),
    })
  }

  const items = toDeliveryActions(delivery, {
    erase: can("erase"),
    configure: can("configure"),
  }).map((action) => ({
    action,
    label: t(`deliveries.actions.${action}`),
    icon: icons[action],
    run: () => run(action),
  }))

  return { items, isPending }
}
