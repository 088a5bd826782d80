import { toast } from "@medusajs/ui"
import { useEffect, useRef } from "react"
import { type CustomerPrivacy } from "../lib/contract"
import { usePrivacyTranslation } from "./use-privacy-translation"

/** Tells the officer how an export ended while the page was open. One among many, or one that was canceled, is told elsewhere. */
export const useExportOutcome = (privacy?: CustomerPrivacy) => {
  const { t } = usePrivacyTranslation()
  const last = useRef<string>()

  useEffect(() => {
    if (!privacy) {
      return
    }

    const ended = last.current

    last.current = privacy.active_extract?.id

    // An erasure destroys archives, and says so itself.
    if (!ended || last.current || privacy.status === "erased") {
      return
    }

    const has = (action: string) =>
      privacy.timeline.some(
        (entry) => entry.request_id === ended && entry.action === action
      )

    if (privacy.archive?.request_id === ended && has("extract.incomplete")) {
      toast.warning(t("widget.export.toast.incomplete"), {
        description: t("widget.export.toast.incompleteText"),
      })
    } else if (privacy.archive?.request_id === ended) {
      toast.success(t("widget.export.toast.ready"), {
        description: t("widget.export.toast.readyText"),
      })
    } else if (has("extract.failed")) {
      toast.error(t("widget.export.toast.failed"), {
        description: t("widget.export.toast.failedText"),
      })
    }
  }, [privacy, t])
}
