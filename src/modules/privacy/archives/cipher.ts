import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto"
import { MedusaError } from "@medusajs/framework/utils"
import type { Sink } from "./zip"

/**
 * The format of an archive where it rests, after the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015): segments of 64 KiB, each
 * AES-256-GCM with a tag of its own. The nonce is the file's prefix, the number of the segment and a mark on the last one, so that no segment
 * can be changed, moved, left out or cut off, and none is handed out before it was checked. Described in docs/extracts.md.
 */
const MAGIC = Buffer.from("MPPARC01", "latin1")
const SEGMENT = 64 * 1024
const TAG = 16
const PREFIX = 7

/** Bytes before the first segment: magic, segment size, nonce prefix, one byte for alignment. */
const HEADER = MAGIC.length + 4 + PREFIX + 1

const SEALED = SEGMENT + TAG

function nonce(prefix: Buffer, number: number, last: boolean): Buffer {
  const value = Buffer.alloc(12)
  prefix.copy(value)
  value.writeUInt32BE(number, PREFIX)
  value[11] = last ? 1 : 0
  return value
}

/** What every segment is bound to: the header and the id of the file, so that one archive cannot stand in for another. */
const bound = (header: Buffer, fileId: string) => Buffer.concat([header, Buffer.from(fileId, "utf8")])

/** Encrypts what is written to it. */
export class Sealer {
  private readonly header: Buffer
  private readonly prefix = randomBytes(PREFIX)
  private waiting: Buffer[] = []
  private held = 0
  private number = 0
  private begun = false

  constructor(
    private readonly key: Buffer,
    private readonly fileId: string,
    private readonly write: Sink
  ) {
    const size = Buffer.alloc(4)
    size.writeUInt32BE(SEGMENT)
    this.header = Buffer.concat([MAGIC, size, this.prefix, Buffer.alloc(1)])
  }

  async put(chunk: Buffer): Promise<void> {
    this.waiting.push(chunk)
    this.held += chunk.length
    // A full segment waits until more comes: it may be the last.
    if (this.held > SEGMENT) {
      const all = Buffer.concat(this.waiting)
      let at = 0
      for (; all.length - at > SEGMENT; at += SEGMENT) {
        await this.seal(all.subarray(at, at + SEGMENT), false)
      }
      this.waiting = [all.subarray(at)]
      this.held = all.length - at
    }
  }

  async end(): Promise<void> {
    await this.seal(Buffer.concat(this.waiting), true)
  }

  private async seal(plain: Buffer, last: boolean) {
    if (!this.begun) {
      this.begun = true
      await this.write(this.header)
    }
    const cipher = createCipheriv("aes-256-gcm", this.key, nonce(this.prefix, this.number, last))
    cipher.setAAD(bound(this.header, this.fileId))
    this.number += 1
    await this.write(Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]))
  }
}

/** Bytes of an archive, first and last included. */
export interface ByteRange {
  start: number
  end: number
}

const damaged = () =>
  new MedusaError(
    MedusaError.Types.UNEXPECTED_STATE,
    "Privacy: the archive in the file storage is missing, damaged or not the one that was written. Make a new extract."
  )

/**
 * Decrypts a range of an archive. Every byte was checked before it is handed out; what lies before the range is passed over unread.
 *
 * @param source the whole file as it rests
 * @param size bytes of the archive before it was encrypted
 * @throws MedusaError UNEXPECTED_STATE when the file was changed or cut off
 */
export async function* unseal(
  source: AsyncIterable<Buffer | Uint8Array>,
  { key, fileId, size, range }: { key: Buffer; fileId: string; size: number; range: ByteRange }
): AsyncGenerator<Buffer> {
  const bytes = new ByteReader(source)
  const header = await bytes.take(HEADER)
  if (header.length < HEADER || !header.subarray(0, MAGIC.length).equals(MAGIC) || header.readUInt32BE(MAGIC.length) !== SEGMENT) {
    throw damaged()
  }
  const prefix = header.subarray(MAGIC.length + 4, MAGIC.length + 4 + PREFIX)
  const lastNumber = Math.max(0, Math.ceil(size / SEGMENT) - 1)
  const first = Math.floor(range.start / SEGMENT)
  await bytes.skip(first * SEALED)
  for (let number = first; number <= lastNumber && number * SEGMENT <= range.end; number += 1) {
    const last = number === lastNumber
    const sealed = await bytes.take((last ? size - number * SEGMENT : SEGMENT) + TAG)
    const plain = open(sealed, key, nonce(prefix, number, last), bound(header, fileId))
    const from = Math.max(0, range.start - number * SEGMENT)
    const to = Math.min(plain.length, range.end + 1 - number * SEGMENT)
    if (to > from) {
      yield plain.subarray(from, to)
    }
  }
}

function open(sealed: Buffer, key: Buffer, iv: Buffer, aad: Buffer): Buffer {
  if (sealed.length < TAG) {
    throw damaged()
  }
  const decipher = createDecipheriv("aes-256-gcm", key, iv)
  decipher.setAAD(aad)
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - TAG)), decipher.final()])
  } catch {
    throw damaged()
  }
}

/** Takes a stream apart by numbers of bytes. */
class ByteReader {
  private readonly chunks: AsyncIterator<Buffer | Uint8Array>
  private rest = Buffer.alloc(0)

  constructor(source: AsyncIterable<Buffer | Uint8Array>) {
    this.chunks = source[Symbol.asyncIterator]()
  }

  /** The next bytes; fewer at the end. */
  async take(count: number): Promise<Buffer> {
    const parts = [this.rest]
    let held = this.rest.length
    while (held < count) {
      const { value, done } = await this.chunks.next()
      if (done) {
        break
      }
      parts.push(Buffer.from(value))
      held += value.length
    }
    const all = parts.length === 1 ? this.rest : Buffer.concat(parts)
    this.rest = all.subarray(count)
    return all.subarray(0, count)
  }

  async skip(count: number): Promise<void> {
    for (let left = count; left > 0; ) {
      const { length } = await this.take(Math.min(left, SEALED))
      if (!length) {
        return
      }
      left -= length
    }
  }
}
