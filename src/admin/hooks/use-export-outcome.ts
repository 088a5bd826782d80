import { toast } from "@medusajs/ui"
import { useEffect, useRef } from "react"
import { type CustomerPrivacy } from "../lib/contract"
import { usePrivacyTranslation } from "./use-privacy-translation"

/** Tells the officer how an export ended while the page was open. */
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

    if (privacy.archive?.request_id === ended) {
      toast.success(t("widget.export.toast.ready"), {
        description: t("widget.export.toast.readyText"),
      })
    } else {
      toast.error(t("widget.export.toast.failed"), {
        description: t("widget.export.toast.failedText"),
      })
    }
  }, [privacy, t])
}
