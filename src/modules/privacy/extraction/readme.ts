import type { PartFacts } from "./manifest"
import { BYTE_ORDER_MARK } from "./csv"

/** Languages a README can be written in; the first is for everybody else. */
export const LANGUAGES = ["en", "de"] as const

export type Language = (typeof LANGUAGES)[number]

type Text = (facts: PartFacts & { redacted: boolean }) => string[]

const lacking = (asked: PartFacts["asked"]) => [...asked.values()].some(({ incomplete }) => incomplete > 0)

const TEXTS: Record<Language, Text> = {
  en: ({ reference, part, subjects, format, created_at, expires_days, redacted, asked }) => [
    `Extract of personal data, ${reference}, part ${part}`,
    `Made on ${created_at} (UTC) for ${subjects} ${subjects === 1 ? "customer" : "customers"}.`,
    "",
    format === "json"
      ? "One JSON file per customer. Under \"data\" stand the records by kind: orders, addresses, communications and so on."
      : "One folder per customer, with a CSV file per kind of record (UTF-8, comma, quoted) and all of it once more in data.json.",
    ...(format === "csv"
      ? ["A value that a spreadsheet could take for a formula has an apostrophe before it; data.json has it as it is stored."]
      : []),
    "Amounts have their currency beside them. Dates follow ISO 8601; their zone is UTC.",
    "",
    "manifest.json says for each kind what categories of data it holds, where it came from, to whom it was passed, and what remains after an erasure.",
    ...(asked.size ? ['What other systems hold, which the shop passed data to, stands under "recipients", a JSON file for each.'] : []),
    ...(lacking(asked) ? ['NOT COMPLETE: not every one of them could be asked. manifest.json says which, and the file concerned has "complete": false.'] : []),
    "",
    'Passwords, tokens and codes are not shown: "[withheld: credential]".',
    ...(redacted ? ['What would tell about somebody else, such as staff or whom a present was sent to, is not shown: "[withheld: another person]".'] : []),
    "",
    `This file is personal data: hand it only to the person it is about, and delete it then. The shop's own copy is destroyed after ${expires_days} days.`,
  ],
  de: ({ reference, part, subjects, format, created_at, expires_days, redacted, asked }) => [
    `Auszug personenbezogener Daten, ${reference}, Teil ${part}`,
    `Erstellt am ${created_at} (UTC) für ${subjects} Kunden.`,
    "",
    format === "json"
      ? "Je Kunde eine JSON-Datei. Unter \"data\" stehen die Datensätze nach Art: Bestellungen (orders), Adressen (addresses), Mitteilungen (communications) und so weiter."
      : "Je Kunde ein Ordner mit einer CSV-Datei je Art von Datensatz (UTF-8, Komma, in Anführungszeichen) und allem noch einmal in data.json.",
    ...(format === "csv"
      ? ["Vor einem Wert, den eine Tabellenkalkulation für eine Formel halten könnte, steht ein Apostroph; in data.json steht er, wie er gespeichert ist."]
      : []),
    "Bei Beträgen steht die Währung. Daten folgen ISO 8601; ihre Zeitzone ist UTC.",
    "",
    "manifest.json sagt für jede Art, welche Kategorien von Daten sie enthält, woher sie stammen, an wen sie weitergegeben wurden und was nach einer Löschung bleibt.",
    ...(asked.size ? ['Was andere Systeme haben, an die der Shop Daten weitergibt, steht unter "recipients", je System eine JSON-Datei.'] : []),
    ...(lacking(asked) ? ['NICHT VOLLSTÄNDIG: Nicht jedes davon konnte befragt werden. manifest.json sagt, welches; in der betreffenden Datei steht "complete": false.'] : []),
    "",
    'Passwörter, Token und Codes werden nicht gezeigt: "[withheld: credential]".',
    ...(redacted
      ? ['Was etwas über andere sagen würde, etwa über Mitarbeitende oder die Empfänger eines Geschenks, wird nicht gezeigt: "[withheld: another person]".']
      : []),
    "",
    `Diese Datei enthält personenbezogene Daten: Geben Sie sie nur der Person, um die es geht, und löschen Sie sie danach. Das Exemplar des Shops wird nach ${expires_days} Tagen vernichtet.`,
  ],
}

/** README.txt of an archive. */
export function readmeOf(facts: PartFacts, redacted: boolean): string {
  const language = LANGUAGES.find((known) => known === facts.language) ?? LANGUAGES[0]
  return BYTE_ORDER_MARK + TEXTS[language]({ ...facts, redacted }).map((line) => `${line}\r\n`).join("")
}
