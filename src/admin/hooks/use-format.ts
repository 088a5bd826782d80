import { useMemo } from "react"
import {
  formatBytes,
  formatDate,
  formatDateTime,
  formatDuration,
  formatMoney,
  formatNumber,
  formatPercent,
  toIntlLocale,
} from "../lib/format"
import { usePrivacyTranslation } from "./use-privacy-translation"

/** Dates, numbers and amounts in the admin's language. */
export const useFormat = () => {
  const { language } = usePrivacyTranslation()

  return useMemo(() => {
    const locale = toIntlLocale(language)

    return {
      dateTime: (value: string) => formatDateTime(locale, value),
      date: (value: string) => formatDate(locale, value),
      duration: (seconds: number) => formatDuration(locale, seconds),
      bytes: (size: number) => formatBytes(locale, size),
      percent: (done: number, total: number) =>
        formatPercent(locale, done, total),
      number: (value: number) => formatNumber(locale, value),
      money: (amount: number, currencyCode: string) =>
        formatMoney(locale, amount, currencyCode),
    }
  }, [language])
}
