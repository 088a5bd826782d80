import {
  formatBytes,
  formatDateTime,
  formatDuration,
  formatMoney,
  formatPercent,
  humanize,
  toIntlLocale,
} from "../format"

describe("formats", () => {
  it.each([
    ["en", "en"],
    ["de", "de"],
    ["enGB", "en-GB"],
    ["ptBR", "pt-BR"],
    ["zhCN", "zh-CN"],
    ["", "en"],
    ["not a language", "en"],
  ])("reads the admin's language %j as %s", (language, locale) => {
    expect(toIntlLocale(language)).toBe(locale)
  })

  it("name the zone of a time", () => {
    expect(formatDateTime("en", "2026-11-20T09:14:00Z")).toMatch(
      /Nov \d+, 2026.* (AM|PM) \S+$/
    )
    expect(formatDateTime("en", "soon")).toBe("")
  })

  it("write amounts in the language's own way", () => {
    expect(formatMoney("en", 1234.5, "eur")).toBe("€1,234.50")
    expect(formatMoney("de", 1234.5, "eur").replace(/\s/g, " ")).toBe(
      "1.234,50 €"
    )
    expect(formatMoney("en", 10, "jpy")).toBe("¥10")
    expect(formatMoney("en", 10, "points")).toBe("10 POINTS")
  })

  it("say lengths of time roughly", () => {
    expect(formatDuration("en", 0)).toBe("1 second")
    expect(formatDuration("en", 340)).toBe("6 minutes")
    expect(formatDuration("de", 7_200)).toBe("2 Stunden")
    expect(formatDuration("en", 200_000)).toBe("2 days")
  })

  it("say the size of a file", () => {
    expect(formatBytes("en", 16)).toBe("16 bytes")
    expect(formatBytes("en", 12_345)).toBe("12.3 kB")
    expect(formatBytes("de", 2_500_000)).toBe("2,5 MB")
  })

  it("say 100 % only when nothing is left", () => {
    expect(formatPercent("en", 999, 1000)).toBe("99%")
    expect(formatPercent("en", 1000, 1000)).toBe("100%")
    expect(formatPercent("en", 0, 0)).toBe("0%")
  })

  it("make unknown codes readable", () => {
    expect(humanize("loyalty_points.v2")).toBe("Loyalty points v2")
  })
})
