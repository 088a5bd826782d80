import { toLanguage } from "../languages"
import type { Language } from "../vocabulary"

type Payload = Record<string, unknown>

interface FeedMessage {
  title: string
  description: string
}

/** What the bell says, in the language of whoever filed the request: Medusa keeps a notification as text and shows it as it is. */
interface Words {
  request: (reference: unknown) => string
  due: (day: string) => string
  erased: Counts
  extract: Record<"ready" | "empty" | "stopped", (reference: unknown) => string>
  /** A removal that could not go on. */
  erasureStopped: (reference: unknown) => string
  extracted: Counts
  until: (day: string) => string
  /** What to do about an extract that stopped, given the server's own words and what stopped it. */
  stopped: (message: string, reason: unknown) => string
}

/** Words for how many subjects came to which end, in the order they are told. */
type Counts = Partial<Record<"complete" | "held" | "not_found" | "failed" | "canceled" | "incomplete", string>>

const WORDS: Record<Language, Words> = {
  en: {
    request: (reference) => `Privacy request ${reference}`,
    due: (day) => `Is due on ${day} (UTC) and not settled yet. Work it off, or extend it with a reason.`,
    erased: { complete: "erased", held: "held", failed: "failed", not_found: "not found" },
    extract: {
      ready: (reference) => `Extract ${reference} is ready`,
      empty: (reference) => `Extract ${reference} has ended without data`,
      stopped: (reference) => `Extract ${reference} has stopped`,
    },
    erasureStopped: (reference) => `Removal ${reference} has stopped`,
    extracted: { complete: "extracted", not_found: "not found", failed: "failed", canceled: "erased meanwhile", incomplete: "without all that others hold (see the reason beside each customer)" },
    until: (day) => `Available until ${day}.`,
    stopped: (message) => message,
  },
  de: {
    request: (reference) => `Datenschutz-Anfrage ${reference}`,
    due: (day) => `Ist am ${day} (UTC) fällig und noch nicht erledigt. Arbeiten Sie sie ab, oder verlängern Sie die Frist mit einer Begründung.`,
    erased: { complete: "gelöscht", held: "angehalten", failed: "fehlgeschlagen", not_found: "nicht gefunden" },
    extract: {
      ready: (reference) => `Auskunft ${reference} ist bereit`,
      empty: (reference) => `Auskunft ${reference} endete ohne Daten`,
      stopped: (reference) => `Auskunft ${reference} wurde angehalten`,
    },
    erasureStopped: (reference) => `Löschung ${reference} wurde angehalten`,
    extracted: { complete: "ausgegeben", not_found: "nicht gefunden", failed: "fehlgeschlagen", canceled: "inzwischen gelöscht", incomplete: "ohne alles, was andere haben (siehe den Grund bei jedem Kunden)" },
    until: (day) => `Verfügbar bis ${day}.`,
    stopped: (_, reason) =>
      reason === "refused"
        ? "Die Datenkarte passt nicht zur Datenbank, oder eine Spalte ist nicht eingeordnet; der Grund steht auf der Seite der Anfrage. Beheben Sie ihn, dann setzen Sie die Anfrage fort."
        : reason === "destination"
        ? "Ein angeschlossenes System antwortet nicht; welches, steht auf der Seite der Anfrage. Setzen Sie die Anfrage fort, wenn es wieder antwortet."
        : "Der Dateispeicher hat das Archiv nicht angenommen; der Grund steht auf der Seite der Anfrage. Beheben Sie ihn, dann setzen Sie die Anfrage fort.",
  },
}

/** What the bell in the admin says about an event. A notice to every officer is in English: nobody in particular asked for it. */
export function feedMessage(event: string, payload: Payload): FeedMessage {
  const { reference, title, description, language, due_at, expires_at, files, message, reason, type } = payload
  if (typeof title === "string" && typeof description === "string") {
    return { title, description }
  }
  const words = WORDS[toLanguage(language)]
  if (event === "request.due") {
    return { title: words.request(reference), description: words.due(day(due_at)) }
  }
  if (typeof message === "string") {
    const title = type === "erasure" ? words.erasureStopped(reference) : words.extract.stopped(reference)
    return { title, description: words.stopped(message, reason) }
  }
  if (typeof files === "number") {
    const counts = count(words.extracted, payload)
    return {
      title: words.extract[files ? "ready" : "empty"](reference),
      description: expires_at ? `${counts} ${words.until(day(expires_at))}` : counts,
    }
  }
  return { title: words.request(reference), description: count(words.erased, payload) }
}

/** A feed entry is read in any time zone: the day by UTC. */
const day = (at: unknown) => String(at).slice(0, 10)

function count(words: Counts, payload: Payload): string {
  const parts = Object.entries(words).flatMap(([end, word]) => (end === "complete" || payload[end] ? [`${payload[end]} ${word}`] : []))
  return `${parts.join(", ")}.`
}
