import type { Part } from "../archives/part"
import type { Session } from "../database/session"
import type { DestinationIdentifiers } from "../destinations/contract"
import { neededBy } from "../destinations/identifiers"
import type { Destination } from "../destinations/registry"
import { writeAnswers, type Question } from "../extraction/recipients"

/** Answers of one destination that fail one after the other: it is down, and the rest of the request waits until it is back. */
const DOWN_AFTER = 3

/**
 * Asks the destinations of the options what they hold. One that fails does not keep a person from what the shop holds, nor everybody else on
 * the list from theirs; but nothing is missing in silence, and one that is down altogether is not asked on.
 */
export class DestinationAsker {
  /** Those that can say what they hold. */
  private readonly destinations: Destination[]
  /** Failed answers one after the other, by destination. */
  private readonly failures = new Map<string, number>()

  constructor(destinations: Destination[] = []) {
    this.destinations = destinations.filter(({ provider }) => provider.extract)
  }

  /** True when there is anybody to ask. */
  get asks(): boolean {
    return this.destinations.length > 0
  }

  /** Ids of the destinations that failed again and again. */
  get down(): string[] {
    return this.destinations.map(({ id }) => id).filter((id) => this.isDown(id))
  }

  private isDown(id: string): boolean {
    return (this.failures.get(id) ?? 0) >= DOWN_AFTER
  }

  /** What is to be asked about a subject: each destination is given what it needs, and those who cannot know the subject are not asked. */
  questionsOf(all: DestinationIdentifiers | undefined, about: Omit<Question, "destination" | "identifiers">): Question[] {
    return this.destinations.flatMap((destination) => {
      const identifiers = all && neededBy(destination, all)
      return identifiers ? [{ ...about, destination, identifiers }] : []
    })
  }

  /**
   * Writes the answers into the archive.
   *
   * @returns what is missing, in words, by the subject's id
   */
  async ask(part: Part, questions: Question[]): Promise<Map<string, string>> {
    const missing = new Map<string, string>()
    await writeAnswers(
      part.zip,
      questions,
      ({ destination: { id } }) => (this.isDown(id) ? `Not asked: the destination failed ${DOWN_AFTER} times one after the other.` : null),
      async ({ destination: { id }, subjectId, head }, { records, error, permanent }) => {
        part.noteAsked(id, head.customer_id, records, error)
        if (error === null) {
          this.failures.delete(id)
        } else {
          this.failures.set(id, (this.failures.get(id) ?? 0) + (permanent ? 0 : 1))
          missing.set(subjectId, [missing.get(subjectId), `What "${id}" holds is not all in the archive. ${error}`].filter(Boolean).join(" "))
        }
      }
    )
    return missing
  }
}

/** Writes down with each subject what its archive lacks. */
export async function noteMissing(session: Session, fileId: string, missing: Map<string, string>): Promise<void> {
  await session.run(
    `UPDATE privacy_subject AS s SET error = m.error, updated_at = now() FROM unnest($1::text[], $2::text[]) AS m (id, error)
     WHERE s.id = m.id AND s.file_id = $3 AND s.status = 'pending'`,
    [[...missing.keys()], [...missing.values()], fileId]
  )
}
