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

/** The day alone, for tables; the full time belongs into a tooltip. */
export const formatDate = (locale: string, value: string) => {
  const date = new Date(value)

  return Number.isNaN(date.getTime())
    ? ""
    : new Intl.DateTimeFormat(locale, {
        year: "numeric",
        month: "short",
        day: "numeric",
      }).format(date)
}

/** A rough length of time in the largest unit that fits: nobody waits for an estimate to the second. */
export const formatDuration = (locale: string, seconds: number) => {
  const [value, unit] =
    seconds < 60
      ? [seconds, "second"]
      : seconds < 90 * 60
        ? [seconds / 60, "minute"]
        : seconds < 36 * 3600
          ? [seconds / 3600, "hour"]
          : [seconds / 86_400, "day"]

  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: unit as string,
    unitDisplay: "long",
  }).format(Math.max(1, Math.round(value as number)))
}

/** The size of a file in the unit people know it by. */
export const formatBytes = (locale: string, bytes: number) => {
  const [value, unit] =
    bytes < 1000
      ? [bytes, "byte"]
      : bytes < 1_000_000
        ? [bytes / 1000, "kilobyte"]
        : [bytes / 1_000_000, "megabyte"]

  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: unit as string,
    unitDisplay: unit === "byte" ? "long" : "short",
    maximumFractionDigits: 1,
  }).format(value as number)
}

/** Rounded down: 100 % is only shown when nothing is left. */
export const formatPercent = (locale: string, done: number, total: number) =>
  new Intl.NumberFormat(locale, { style: "percent" }).format(
    total ? Math.floor((done / total) * 100) / 100 : 0
  )

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
