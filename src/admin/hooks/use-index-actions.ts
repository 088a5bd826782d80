import { toast, usePrompt } from "@medusajs/ui"
import { useEffect, useRef } from "react"
import { type MissingIndex } from "../lib/contract"
import { useErrorToast } from "./use-error-toast"
import { useCreateIndexes } from "./use-missing-indexes"
import { usePrivacyTranslation } from "./use-privacy-translation"

/** Asks before an index is created, and tells when it is there. */
export const useIndexActions = (indexes?: MissingIndex[]) => {
  const { t } = usePrivacyTranslation()
  const prompt = usePrompt()
  const showError = useErrorToast()
  const { mutate, isPending } = useCreateIndexes()
  const building = useRef<string[]>([])

  useEffect(() => {
    if (!indexes) {
      return
    }

    // What was being created and is missing no more is there.
    building.current
      .filter((name) => !indexes.some((index) => index.name === name))
      .forEach((name) =>
        toast.success(t("dataMap.indexes.toast.created"), { description: name })
      )
    building.current = indexes.flatMap(({ name, status }) =>
      status === "building" ? [name] : []
    )
  }, [indexes, t])

  const create = async (chosen: MissingIndex[]) => {
    const isConfirmed = await prompt({
      variant: "confirmation",
      title: t("dataMap.indexes.prompt.title", { count: chosen.length }),
      description: t("dataMap.indexes.prompt.text", { count: chosen.length }),
      confirmText: t("actions.createIndex"),
      cancelText: t("actions.cancel"),
    })

    if (!isConfirmed) {
      return
    }

    mutate(
      chosen.map(({ name }) => name),
      {
        onSuccess: () => {
          toast.info(t("dataMap.indexes.toast.started"))
        },
        onError: (error) => showError(t("dataMap.indexes.error"), error),
      }
    )
  }

  return { create, isPending }
}
