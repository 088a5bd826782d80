import { useCallback } from "react"
import { useTranslation } from "react-i18next"
import { type MessageKey, type Messages, NAMESPACE } from "../i18n/messages"
import { humanize } from "../lib/format"

/** Groups of texts whose keys are codes the server sends. */
type CodeGroup = keyof Pick<
  Messages,
  | "kinds"
  | "categories"
  | "strategies"
  | "timelineActions"
  | "subscriptionStatuses"
  | "holds"
  | "keptKinds"
  | "keptReasons"
  | "strategyOptions"
  | "requestTypes"
  | "requestStatuses"
  | "subjectStatuses"
  | "origins"
  | "identifierTypes"
  | "lineReasons"
  | "deliveryStatuses"
  | "destinations"
  | "webhookEvents"
>

export const usePrivacyTranslation = () => {
  const { t: translate, i18n } = useTranslation(NAMESPACE)

  const t = useCallback(
    (key: MessageKey, values?: Record<string, string | number>): string =>
      translate(key, { ...values }),
    [translate]
  )

  /**
   * The words for a code; for one this version does not know, the fallback or the code made readable.
   * A dot would lead i18next one level deeper, so "erasure.held" is looked up as "erasure_held".
   */
  const tCode = useCallback(
    (group: CodeGroup, code: string, fallback?: string): string =>
      translate(`${group}.${code.replaceAll(".", "_")}`, {
        defaultValue: fallback || humanize(code),
      }),
    [translate]
  )

  return { t, tCode, language: i18n.language }
}
