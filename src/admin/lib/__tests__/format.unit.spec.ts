import { formatDateTime, formatMoney, humanize, toIntlLocale } from "../format"

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

  it("make unknown codes readable", () => {
    expect(humanize("loyalty_points.v2")).toBe("Loyalty points v2")
  })
})
