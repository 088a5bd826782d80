import { readdirSync, readFileSync } from "fs"
import { join } from "path"
import resources from "../index"
import { languages, NAMESPACE } from "../messages"

const adminRoot = join(__dirname, "../..")

const flatten = (node: object, path = ""): Record<string, string> =>
  Object.entries(node).reduce<Record<string, string>>(
    (leaves, [key, value]) => ({
      ...leaves,
      ...(typeof value === "string"
        ? { [path + key]: value }
        : flatten(value, `${path}${key}.`)),
    }),
    {}
  )

const placeholders = (text: string) =>
  [...text.matchAll(/{{\s*(\w+)\s*}}/g)].map(([, name]) => name).sort()

const readSources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)

    if (entry.isDirectory()) {
      return entry.name === "__tests__" ? [] : readSources(path)
    }

    return /\.tsx?$/.test(entry.name) ? [readFileSync(path, "utf-8")] : []
  })

describe("admin texts", () => {
  const english = flatten(languages.en)

  it.each(Object.keys(languages))("are complete in %s", (language) => {
    const texts = flatten(languages[language as keyof typeof languages])

    expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort())
    expect(Object.values(texts).filter((text) => !text.trim())).toEqual([])
  })

  it.each(Object.keys(languages))("keep the placeholders in %s", (language) => {
    const texts = flatten(languages[language as keyof typeof languages])

    for (const [key, text] of Object.entries(english)) {
      expect([key, placeholders(texts[key])]).toEqual([key, placeholders(text)])
    }
  })

  it("are registered under the plugin's own namespace", () => {
    expect(Object.keys(resources).sort()).toEqual(Object.keys(languages).sort())

    for (const resource of Object.values(resources)) {
      expect(Object.keys(resource)).toEqual([NAMESPACE])
    }
  })

  it("are all used", () => {
    const source = readSources(adminRoot).join("\n")
    // Groups whose keys are codes of the server; they are looked up at run time.
    const byCode = new RegExp(
      `^(${[
        "kinds",
        "categories",
        "strategies",
        "strategyOptions",
        "holds",
        "keptKinds",
        "keptReasons",
        "timelineActions",
        "subscriptionStatuses",
        "requestTypes",
        "requestStatuses",
        "subjectStatuses",
        "extractStatuses",
        "subjectErrors",
        "holdMessages",
        "valueChoices",
        "formats",
        "origins",
        "identifierTypes",
        "lineReasons",
        "deliveryStatuses",
        "destinations",
        "webhookEvents",
        "(customerData|dataMap|deliveries|profiles|request\\.subjects|webhooks)\\.(title|description|empty|filtered)",
        "webhooks\\.(problems|disabled)",
        "deliveries\\.(actions|toast|prompt)",
        "request\\.(actions|toast|prompt|notice)",
        "customerData\\.due",
        "requestWindow\\.(steps|source|problems|error|checkError)",
        "requestWindow\\.file\\.problems",
        "requestWindow\\.review\\.counts",
        "(erase|extract)\\.(title|description|started|forbidden|statement)",
        "request\\.files\\.(status|waiting|none|expired|destroyed)",
        "dataMap\\.indexes\\.status",
        "erase\\.confirm\\.(title|submit)",
        "methods",
        "error",
        "actions\\.(anonymize|delete)",
        "widget\\.(status|waiting)",
        "dialog\\.(title|error|email|customerId|confirm)",
        "dialog\\.holds\\.(block|warn)",
        "dialog\\.consequences\\.(storeCredit|giftCards)",
        "profiles\\.(problems|optionHints)",
        "settings\\.noPermission",
      ].join("|")})(\\.|$)`
    )

    const unused = Object.keys(english)
      .map((key) => key.replace(/_(one|other)$/, ""))
      .filter((key) => !byCode.test(key) && !source.includes(`"${key}"`))

    expect(unused).toEqual([])
  })

  it("repeat the namespace literally in every route config", () => {
    const configs = readSources(join(adminRoot, "routes")).filter((source) =>
      source.includes("defineRouteConfig(")
    )

    expect(configs.length).toBeGreaterThan(0)

    for (const source of configs) {
      expect(source).toContain(`translationNs: "${NAMESPACE}"`)
    }
  })
})
