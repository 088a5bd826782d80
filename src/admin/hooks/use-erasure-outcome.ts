import { toast } from "@medusajs/ui"
import { useEffect, useRef } from "react"
import { type CustomerPrivacy } from "../lib/contract"
import { type CustomerView, toCustomerView } from "../lib/customer-view"
import { useForgetCustomer } from "./use-forget-customer"
import { usePrivacyTranslation } from "./use-privacy-translation"

/** Tells the officer how a removal ended while the page was open, and lets go of the customer's data. */
export const useErasureOutcome = (privacy?: CustomerPrivacy) => {
  const { t } = usePrivacyTranslation()
  const forget = useForgetCustomer()
  const view = privacy && toCustomerView(privacy)
  const last = useRef<CustomerView>()

  useEffect(() => {
    const wasRunning = last.current === "running" || last.current === "waiting"

    last.current = view

    if (!privacy || !wasRunning) {
      return
    }

    if (view === "done") {
      forget(privacy.customer_id)
      toast.success(t("widget.toast.done"), {
        description: t("widget.toast.doneText", {
          reference: privacy.active_request?.reference ?? "–",
        }),
      })
    } else if (view === "held") {
      toast.warning(t("widget.toast.held"), {
        description: t("widget.toast.heldText"),
      })
    } else if (view === "failed") {
      toast.error(t("widget.toast.failed"), {
        description: t("widget.toast.failedText"),
      })
    }
  }, [view, privacy, forget, t])
}
