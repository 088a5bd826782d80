import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { promisify } from "node:util"
import { crc32, createDeflateRaw, deflateRaw, deflateRawSync } from "node:zlib"

const deflate = promisify<Buffer, { level: number }, Buffer>(deflateRaw)

/** Takes bytes; answers when it can take more. */
export type Sink = (chunk: Buffer) => Promise<void>

/** Where a 32-bit field says: look into the zip64 record. */
const MAX_32 = 0xffffffff
const MAX_16 = 0xffff

const VERSION = 20
const VERSION_ZIP64 = 45
/** Unix, so that readers take the permissions from the upper half of the external attributes: a file its owner may read and write. */
const MADE_BY_UNIX = 3 << 8
const OWNER_FILE = (0o100600 << 16) >>> 0

const FLAG_UTF8 = 0x0800
const FLAG_SIZES_FOLLOW = 0x0008
const DEFLATED = 8

/** Bytes that are packed sooner than another thread could be asked to. */
const AT_ONCE = 4096

/** Directory records that are put together into one buffer. */
const TOGETHER = 512

interface Entry {
  name: Buffer
  flags: number
  crc: number
  packed: number
  size: number
  offset: number
}

/** The date as MS-DOS writes it, in UTC. */
function dosTime(date: Date): number {
  const day = ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate()
  const time = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1)
  return ((day << 16) | time) >>> 0
}

/** Little-endian fields one after the other: `[value, bytes]`. */
function fields(...values: [number, 2 | 4 | 8][]): Buffer {
  const buffer = Buffer.alloc(values.reduce((sum, [, bytes]) => sum + bytes, 0))
  let at = 0
  for (const [value, bytes] of values) {
    if (bytes === 8) {
      buffer.writeBigUInt64LE(BigInt(value), at)
    } else {
      buffer.writeUIntLE(value, at, bytes)
    }
    at += bytes
  }
  return buffer
}

/**
 * Writes a zip file as a stream (PKWARE APPNOTE 6.3, with zip64). What a file knows of its entries is kept as the bytes of the central
 * directory, some hundred a name, so that an archive of a hundred thousand customers costs megabytes and not gigabytes of memory.
 */
export class ZipWriter {
  /** Bytes written. */
  bytes = 0
  entries = 0
  private readonly directory: Buffer[] = []
  private readonly recent: Buffer[] = []
  private readonly time: number

  /**
   * @param write takes the bytes of the archive
   * @param level of compression, 1 to 9
   * @param time of all entries
   * @param start where in the file the archive begins to count; for tests of archives beyond four gigabytes
   */
  constructor(
    private readonly write: Sink,
    private readonly level: number,
    time: Date,
    start = 0
  ) {
    this.time = dosTime(time)
    this.bytes = start
  }

  /**
   * Adds a file.
   *
   * @param content all of it, or a stream of any length
   */
  async add(name: string, content: Buffer | AsyncIterable<Buffer>): Promise<void> {
    await (Buffer.isBuffer(content) ? this.addWhole(name, content) : this.addStream(name, content))
  }

  private async addWhole(name: string, content: Buffer) {
    const packed = content.length > AT_ONCE ? await deflate(content, { level: this.level }) : deflateRawSync(content, { level: this.level })
    const entry = {
      name: Buffer.from(name, "utf8"), flags: FLAG_UTF8, crc: crc32(content), packed: packed.length, size: content.length, offset: this.bytes,
    }
    const { crc, size } = entry
    await this.put(
      fields([0x04034b50, 4], [VERSION, 2], [entry.flags, 2], [DEFLATED, 2], [this.time, 4], [crc, 4], [packed.length, 4], [size, 4], [entry.name.length, 2], [0, 2])
    )
    await this.put(entry.name)
    await this.put(packed)
    this.note(entry)
  }

  /** Nobody knows the sizes before the end: they follow the data, in eight bytes each. */
  private async addStream(name: string, content: AsyncIterable<Buffer>) {
    const entry: Entry = { name: Buffer.from(name, "utf8"), flags: FLAG_UTF8 | FLAG_SIZES_FOLLOW, crc: 0, packed: 0, size: 0, offset: this.bytes }
    await this.put(
      fields(
        [0x04034b50, 4], [VERSION_ZIP64, 2], [entry.flags, 2], [DEFLATED, 2], [this.time, 4], [0, 4], [MAX_32, 4], [MAX_32, 4], [entry.name.length, 2], [20, 2]
      )
    )
    await this.put(entry.name)
    await this.put(fields([0x0001, 2], [16, 2], [0, 8], [0, 8]))
    const counted = async function* () {
      for await (const chunk of content) {
        entry.crc = crc32(chunk, entry.crc)
        entry.size += chunk.length
        yield chunk
      }
    }
    await pipeline(Readable.from(counted(), { objectMode: false }), createDeflateRaw({ level: this.level }), async (packed: AsyncIterable<Buffer>) => {
      for await (const chunk of packed) {
        entry.packed += chunk.length
        await this.put(chunk)
      }
    })
    await this.put(fields([0x08074b50, 4], [entry.crc, 4], [entry.packed, 8], [entry.size, 8]))
    this.note(entry)
  }

  /** Writes the central directory. Nothing can be added afterwards. */
  async end(): Promise<void> {
    const start = this.bytes
    for (const record of [...this.directory, ...this.recent]) {
      await this.put(record)
    }
    const size = this.bytes - start
    if (this.entries >= MAX_16 || size >= MAX_32 || start >= MAX_32) {
      const at = this.bytes
      await this.put(
        fields(
          [0x06064b50, 4], [44, 8], [MADE_BY_UNIX | VERSION_ZIP64, 2], [VERSION_ZIP64, 2], [0, 4], [0, 4],
          [this.entries, 8], [this.entries, 8], [size, 8], [start, 8]
        )
      )
      await this.put(fields([0x07064b50, 4], [0, 4], [at, 8], [1, 4]))
    }
    const [count, bytes, offset] = [Math.min(this.entries, MAX_16), Math.min(size, MAX_32), Math.min(start, MAX_32)]
    await this.put(fields([0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [bytes, 4], [offset, 4], [0, 2]))
  }

  private async put(chunk: Buffer) {
    this.bytes += chunk.length
    await this.write(chunk)
  }

  private note({ name, flags, crc, packed, size, offset }: Entry) {
    // Only what does not fit goes into the zip64 record, in this order.
    const large = [size, packed, offset].filter((value) => value >= MAX_32)
    const zip64 = large.length || flags & FLAG_SIZES_FOLLOW
    const extra = large.length ? fields([0x0001, 2], [large.length * 8, 2], ...large.map((value): [number, 8] => [value, 8])) : Buffer.alloc(0)
    const version = zip64 ? VERSION_ZIP64 : VERSION
    const short = (value: number) => Math.min(value, MAX_32)
    this.recent.push(
      Buffer.concat([
        fields(
          [0x02014b50, 4], [MADE_BY_UNIX | version, 2], [version, 2], [flags, 2], [DEFLATED, 2], [this.time, 4], [crc, 4], [short(packed), 4], [short(size), 4],
          [name.length, 2], [extra.length, 2], [0, 2], [0, 2], [0, 2], [OWNER_FILE, 4], [short(offset), 4]
        ),
        name,
        extra,
      ])
    )
    this.entries += 1
    if (this.recent.length === TOGETHER) {
      // Many small buffers cost more than what stands in them.
      this.directory.push(Buffer.concat(this.recent.splice(0)))
    }
  }
}
