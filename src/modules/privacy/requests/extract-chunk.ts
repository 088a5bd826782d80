import type { Part } from "../archives/part"
import { noteProgress } from "../archives/files"
import { SCOPE } from "../data-map/live-map"
import type { Session } from "../database/session"
import { collectIdentifiers } from "../destinations/identifiers"
import type { Environment } from "../erasure/erasure-request"
import { writeCustomer } from "../extraction/customer-files"
import { personName, personNameAmongMany } from "../extraction/file-names"
import { FILL_NAMES, type ExtractPlan } from "../extraction/plan"
import type { Question } from "../extraction/recipients"
import { RowReader } from "../extraction/row-reader"
import { footprints, kindsOf, openScope, resolveScope } from "../subjects/scope"
import type { DestinationAsker } from "./ask-destinations"
import { claimSubjects, type Claimed, type ExtractRequest } from "./extract-state"

/** What the chunks of an extract have in common. */
export interface ExtractJob {
  environment: Environment
  plan: ExtractPlan
  request: ExtractRequest
  asker: DestinationAsker
}

/** What happens in the transaction of a chunk, as far as others must know. */
export interface ChunkState {
  claimed: Claimed[]
  /** The last subject that waited; null when nobody did. */
  last: string | null
  /** Whom a file is being written for: whatever fails from the first one on has left something in the archive. */
  writing: Claimed | null
  /** For the destinations, once the transaction is over. */
  questions: Question[]
}

/**
 * Takes some of the subjects and writes what the shop holds on them into the archive. Their rows pass through a cursor and are never all in memory.
 *
 * @param page which subjects, and how many of them
 * @param state told of what was done, also when it fails
 */
export async function extractChunk(
  session: Session,
  { environment, plan, request, asker }: ExtractJob,
  part: Part,
  page: { after: string; limit: number },
  state: ChunkState
): Promise<void> {
  const { claimed, last } = await claimSubjects(session, request, part.id, page)
  Object.assign(state, { claimed, last })
  if (!claimed.length) {
    return
  }
  const { map } = environment
  await session.runAll(["SET LOCAL TimeZone = 'UTC'"])
  await openScope(session, claimed.map(({ customer_id }, number) => ({ number, customerId: customer_id, pseudonym: "" })), "")
  await resolveScope(session, map.entries, claimed.length, { shared: true })
  await session.runAll(FILL_NAMES)
  const people = await readPeople(session)
  const recipients = await readRecipients(session, plan)
  if (asker.asks) {
    const identifiers = await collectIdentifiers(session, map.schema)
    state.questions = people.flatMap((person) =>
      asker.questionsOf(identifiers.get(person.subject), {
        subjectId: claimed[person.subject].id,
        name: nameOf(person, request),
        head: { customer_id: person.customer_id, reference: request.reference },
      })
    )
  }
  await noteFootprints(session, map.entries, part.id)
  const reader = new RowReader(session)
  await reader.open(plan.rowsSql)
  const extractedAt = new Date().toISOString()
  for (const person of people) {
    const { subject, customer_id } = person
    state.writing = claimed[subject]
    const passedTo = recipients.get(subject) ?? []
    passedTo.forEach(({ kind, recipient }) => part.notePassedTo(kind, recipient))
    await writeCustomer(part.zip, {
      plan,
      format: request.format,
      name: nameOf(person, request),
      head: { customer_id, reference: request.reference, extracted_at: extractedAt, passed_to: passedTo },
      subject,
      reader,
      counts: part.counts,
    })
    part.subjects += 1
  }
  await reader.close()
  await noteProgress(session, part.id, part.subjects)
}

/** A customer of the chunk, with the number it has there. */
interface Person {
  subject: number
  customer_id: string
  first_name: string | null
  last_name: string | null
}

/** Of the customer's file or folder in the archive. */
const nameOf = ({ customer_id, first_name, last_name }: Person, { single }: ExtractRequest) =>
  single ? personName(first_name, last_name) : `customers/${personNameAmongMany(first_name, last_name, customer_id)}`

async function readPeople(session: Session) {
  const { rows } = await session.run<Person>(
    `SELECT s.subject, s.customer_id, c.first_name, c.last_name FROM ${SCOPE.subjects} AS s JOIN customer AS c ON c.id = s.customer_id ORDER BY s.subject`
  )
  return rows
}

async function readRecipients(session: Session, { recipientsSql }: ExtractPlan): Promise<Map<number, { kind: string; recipient: string }[]>> {
  const { rows } = recipientsSql ? await session.run<{ subject: number; kind: string; recipient: string }>(`${recipientsSql} ORDER BY 1, 2, 3`) : { rows: [] }
  const recipients = new Map<number, { kind: string; recipient: string }[]>()
  for (const { subject, kind, recipient } of rows) {
    const own = recipients.get(subject) ?? []
    own.push({ kind, recipient })
    recipients.set(subject, own)
  }
  return recipients
}

/** Writes down with each subject how many records of each kind its extract has. */
async function noteFootprints(session: Session, entries: Environment["map"]["entries"], fileId: string) {
  await session.run(
    `UPDATE privacy_subject AS x SET footprint = f.footprint FROM (${footprints(2)}) AS f JOIN ${SCOPE.subjects} AS s ON s.subject = f.subject
     WHERE x.file_id = $1 AND x.status = 'pending' AND x.customer_id = s.customer_id`,
    [fileId, ...kindsOf(entries)]
  )
}
