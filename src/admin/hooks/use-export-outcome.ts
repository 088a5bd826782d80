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

    const failed = privacy.timeline.some(
      ({ request_id, action }) =>
        request_id === ended && action === "extract.failed"
    )

    if (privacy.archive?.request_id === ended) {
      toast.success(t("widget.export.toast.ready"), {
        description: t("widget.export.toast.readyText"),
      })
    } else if (failed) {
      toast.error(t("widget.export.toast.failed"), {
        description: t("widget.export.toast.failedText"),
      })
    }
  }, [privacy, t])
}
