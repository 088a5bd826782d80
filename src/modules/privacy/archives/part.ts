import type { PrivacyOptions } from "../options"
import type { ExtractFormat } from "../extraction/customer-files"
import { manifestOf, type PartFacts } from "../extraction/manifest"
import type { ExtractPlan } from "../extraction/plan"
import { readmeOf } from "../extraction/readme"
import { Sealer } from "./cipher"
import { newArchiveKey, wrapKey } from "./keys"
import { beginUpload, type Upload } from "./storage"
import { ZipWriter } from "./zip"
import { newId } from "../database/new-id"

/** A part has at most so many files in it: what the archive keeps of each until its end has to fit into memory. */
const MOST_FILES = 200_000

/** The manifest names so many customers whose answers are not complete; each one's own file says so in any case. */
const MOST_NAMED = 1000

/** One archive on its way: from the rows through the zip and the cipher into the file storage. */
export class Part {
  readonly counts: PartFacts["counts"] = new Map()
  readonly passedTo: PartFacts["passedTo"] = new Map()
  readonly asked: PartFacts["asked"] = new Map()
  subjects = 0

  private constructor(
    readonly id: string,
    readonly number: number,
    readonly wrappedKey: string,
    readonly zip: ZipWriter,
    private readonly sealer: Sealer,
    private readonly upload: Upload,
    private readonly createdAt: Date
  ) {}

  /** Begins an archive; the file storage has nothing of it yet. */
  static async begin(number: number, createdAt: Date, { hashKeys, extracts }: Pick<PrivacyOptions, "hashKeys" | "extracts">): Promise<Part> {
    const id = newId("prvfile")
    const key = newArchiveKey()
    const upload = await beginUpload(`${id.toLowerCase()}.bin`)
    const sealer = new Sealer(key, id, (chunk) => upload.write(chunk))
    const zip = new ZipWriter((chunk) => sealer.put(chunk), extracts.compression, createdAt)
    return new Part(id, number, wrapKey(hashKeys, id, key), zip, sealer, upload, createdAt)
  }

  /** Where the storage keeps it; null while the provider does not say. */
  get storageKey(): string | null {
    return this.upload.key
  }

  /** True when the rest belongs into another archive. */
  get isFull(): boolean {
    return this.zip.entries >= MOST_FILES
  }

  notePassedTo(kind: string, recipient: string): void {
    this.passedTo.set(kind, (this.passedTo.get(kind) ?? new Set()).add(recipient))
  }

  /** What a destination answered about a customer. */
  noteAsked(destination: string, customerId: string, records: number, error: string | null): void {
    const facts = this.asked.get(destination) ?? { subjects: 0, records: 0, incomplete: 0, missing: [] }
    facts.subjects += 1
    facts.records += records
    if (error !== null) {
      facts.incomplete += 1
      if (facts.missing.length < MOST_NAMED) {
        facts.missing.push({ customer_id: customerId, error })
      }
    }
    this.asked.set(destination, facts)
  }

  /**
   * Adds what explains the archive and waits until the storage has all of it.
   *
   * @returns the file's key in the storage, and the bytes of the zip
   */
  async end(
    plan: ExtractPlan,
    options: Pick<PrivacyOptions, "retention_days" | "default_method" | "extracts">,
    about: { reference: string; format: ExtractFormat; language: string }
  ): Promise<{ storageKey: string; size: number }> {
    const facts: PartFacts = {
      ...about,
      part: this.number,
      subjects: this.subjects,
      created_at: this.createdAt.toISOString(),
      expires_days: options.extracts.expires_days,
      counts: this.counts,
      passedTo: this.passedTo,
      asked: this.asked,
    }
    await this.zip.add("README.txt", Buffer.from(readmeOf(facts, plan.redactOthers), "utf8"))
    await this.zip.add("manifest.json", Buffer.from(`${JSON.stringify(manifestOf(plan, facts, options), null, 2)}\n`, "utf8"))
    await this.zip.end()
    await this.sealer.end()
    return { storageKey: await this.upload.end(), size: this.zip.bytes }
  }

  /** Gives up. What the storage has of it is removed by its key. */
  async abort(): Promise<void> {
    await this.upload.abort()
  }
}
