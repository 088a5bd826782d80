/**
 * The tag Intl understands for one of the admin's language codes: the admin writes "enGB" or "zhCN",
 * which Intl refuses with a RangeError.
 */
export const toIntlLocale = (language: string) => {
  const tag = language.replace(/^([a-z]{2,3})([A-Z]{2})$/, "$1-$2")

  try {
    return Intl.getCanonicalLocales(tag)[0] ?? "en"
  } catch {
    return "en"
  }
}

/** Date and time in the reader's own zone, with the zone's name. */
export const formatDateTime = (locale: string, value: string) => {
  const date = new Date(value)

  if (Number.isNaN(date.getTime())) {
    return ""
  }

  return new Intl.DateTimeFormat(locale, {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  }).format(date)
}

export const formatNumber = (locale: string, value: number) =>
  new Intl.NumberFormat(locale).format(value)

/** An amount in major units. A code Intl does not know is shown beside the plain number. */
export const formatMoney = (
  locale: string,
  amount: number,
  currencyCode: string
) => {
  try {
    return new Intl.NumberFormat(locale, {
      style: "currency",
      currency: currencyCode,
    }).format(amount)
  } catch {
    return `${formatNumber(locale, amount)} ${currencyCode.toUpperCase()}`
  }
}

/** "unfulfilled_orders" → "Unfulfilled orders": for codes that this version has no words for. */
export const humanize = (code: string) => {
  const words = code.replace(/[_\-.]+/g, " ").trim()

  return words.charAt(0).toUpperCase() + words.slice(1)
}
