import { useMemo } from "react"
import {
  formatDateTime,
  formatMoney,
  formatNumber,
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
      number: (value: number) => formatNumber(locale, value),
      money: (amount: number, currencyCode: string) =>
        formatMoney(locale, amount, currencyCode),
    }
  }, [language])
}
