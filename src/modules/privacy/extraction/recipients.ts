import type { ZipWriter } from "../archives/zip"
import { errorText, extractFrom } from "../destinations/call"
import { isDestinationError, type DestinationIdentifiers, type ExtractAnswer } from "../destinations/contract"
import type { Destination } from "../destinations/registry"

/** What a destination is asked for one subject, and where its answer stands in the archive. */
export interface Question {
  subjectId: string
  destination: Destination
  identifiers: DestinationIdentifiers
  /** The subject's file or folder, made by us. */
  name: string
  head: { customer_id: string; reference: string }
}

/** What came of a question. */
export interface Answered {
  records: number
  /** Why what stands in the archive is not all; null when it is. */
  error: string | null
  /** The fault lies with this one question: the destination may well answer others. */
  permanent: boolean
}

/** Questions that are under way while one answer is written. Of each only a page is in memory. */
const AHEAD = 3

/** Of a destination's messages so many are kept. */
const MOST_MESSAGES = 100

/** Text is put together to pieces of about so many characters before it is packed. */
const PIECE = 64 * 1024

type FirstPage = Promise<IteratorResult<ExtractAnswer>>

/**
 * Asks the destinations, a few at a time, and writes each answer into the archive as it comes, page by page. Outside any transaction: a
 * partner that is slow must not hold locks. An answer that fails ends where it failed and says so: it is never missing in silence.
 *
 * @param refusal why a destination is not asked any more, which then stands in the archive; null when it is asked
 * @param done is told of each answer, in the order of the questions
 */
export async function writeAnswers(
  zip: ZipWriter,
  questions: Question[],
  refusal: (question: Question) => string | null,
  done: (question: Question, answered: Answered) => Promise<void>
): Promise<void> {
  const begun = new Map<Question, { pages: AsyncGenerator<ExtractAnswer>; first: FirstPage }>()
  const begin = (question: Question) => {
    if (!begun.has(question) && refusal(question) === null) {
      const pages = extractFrom(question.destination, { identifiers: question.identifiers, reference: question.head.reference })
      const first = pages.next()
      // An error is told to whoever reads the page.
      first.catch(() => undefined)
      begun.set(question, { pages, first })
    }
  }
  for (const [place, question] of questions.entries()) {
    questions.slice(place, place + 1 + AHEAD).forEach(begin)
    const answered: Answered = { records: 0, error: null, permanent: false }
    const refused = refusal(question)
    const own = begun.get(question)
    begun.delete(question)
    if (own && refused === null) {
      await zip.add(fileOf(question), answer(question, own.pages, own.first, answered))
    } else {
      answered.error = refused
      await zip.add(fileOf(question), Buffer.from(head(question) + end([], refused), "utf8"))
    }
    await done(question, answered)
  }
}

const fileOf = ({ name, destination }: Question) => `${name}/recipients/${destination.id}.json`

const head = ({ head: facts, destination }: Question) =>
  `{\n${Object.entries({ ...facts, destination: destination.id, asked_at: new Date().toISOString() })
    .map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`)
    .join("")}  "records": [`

const end = (messages: string[], error: string | null) =>
  `\n  ],\n  "messages": ${JSON.stringify(messages)},\n  "complete": ${error === null},\n  "error": ${JSON.stringify(error)}\n}\n`

async function* answer(question: Question, pages: AsyncGenerator<ExtractAnswer>, first: FirstPage, answered: Answered): AsyncGenerator<Buffer> {
  let piece = head(question)
  const messages: string[] = []
  for (let next = first; ; next = pages.next()) {
    const page = await next.catch((error: unknown) => {
      answered.error = errorText(error, question.identifiers)
      answered.permanent = isDestinationError(error) && error.options.permanent === true
      return null
    })
    if (!page || page.done) {
      break
    }
    messages.push(...page.value.messages.slice(0, MOST_MESSAGES - messages.length))
    for (const { kind, records } of page.value.data) {
      for (const data of records) {
        piece += `${answered.records ? "," : ""}\n    ${JSON.stringify({ kind, data })}`
        answered.records += 1
        if (piece.length >= PIECE) {
          yield Buffer.from(piece, "utf8")
          piece = ""
        }
      }
    }
  }
  yield Buffer.from(piece + end(messages, answered.error), "utf8")
}
