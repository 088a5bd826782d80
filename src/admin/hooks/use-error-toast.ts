import { toast } from "@medusajs/ui"
import { useCallback } from "react"
import { toRequestError } from "../lib/request-error"
import { usePrivacyTranslation } from "./use-privacy-translation"

/** Says what did not work, and why: in the server's words where it said something. */
export const useErrorToast = () => {
  const { t } = usePrivacyTranslation()

  return useCallback(
    (title: string, error: unknown) => {
      const { kind, detail } = toRequestError(error)

      toast.error(title, { description: detail ?? t(`error.${kind}`) })
    },
    [t]
  )
}
