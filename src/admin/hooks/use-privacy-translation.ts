import { useCallback } from "react"
import { useTranslation } from "react-i18next"
import { type MessageKey, type Messages, NAMESPACE } from "../i18n/messages"
import { type Hold } from "../lib/contract"
import { formatMoney, humanize, toIntlLocale } from "../lib/format"

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
  | "extractStatuses"
  | "subjectErrors"
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

  /** What a hold means and what to do about it; in the server's words for a code this version does not know. */
  const tHold = useCallback(
    ({ code, message, params }: Hold): string => {
      if (!params) {
        return message
      }

      const { value = [], ...numbers } = params
      const locale = toIntlLocale(i18n.language)
      const amounts = value.map(({ currency_code, amount }) =>
        formatMoney(locale, amount, currency_code)
      )

      return translate(`holdMessages.${code}`, {
        ...numbers,
        amounts: new Intl.ListFormat(locale).format(amounts),
        defaultValue: message,
      })
    },
    [i18n.language, translate]
  )

  return { t, tCode, tHold, language: i18n.language }
}
