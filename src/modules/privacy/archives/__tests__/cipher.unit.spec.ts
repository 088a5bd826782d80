import { randomBytes } from "node:crypto"
import fc from "fast-check"
import { parseOptions } from "../../options"
import { Sealer, unseal, type ByteRange } from "../cipher"
import { newArchiveKey, unwrapKey, wrapKey } from "../keys"

const key = newArchiveKey()
const FILE = "prvfile_1"

async function sealed(plain: Buffer, pieces: number[] = []): Promise<Buffer> {
  const written: Buffer[] = []
  const sealer = new Sealer(key, FILE, async (chunk) => void written.push(chunk))
  let at = 0
  for (const length of pieces) {
    await sealer.put(plain.subarray(at, at + length))
    at += length
  }
  await sealer.put(plain.subarray(at))
  await sealer.end()
  return Buffer.concat(written)
}

async function* inPieces(bytes: Buffer, length = 10_007) {
  for (let at = 0; at < bytes.length; at += length) {
    yield bytes.subarray(at, at + length)
  }
}

async function opened(bytes: Buffer, size: number, range: ByteRange = { start: 0, end: size - 1 }, fileId = FILE, by = key) {
  const read: Buffer[] = []
  for await (const chunk of unseal(inPieces(bytes), { key: by, fileId, size, range })) {
    read.push(chunk)
  }
  return Buffer.concat(read)
}

const SIZES = [0, 1, 65_535, 65_536, 65_537, 131_072, 200_001]

describe("an encrypted archive", () => {
  it.each(SIZES)("of %i bytes comes back as it was", async (size) => {
    const plain = randomBytes(size)
    const file = await sealed(plain, [1, 70_000, 3])
    expect(await opened(file, size)).toEqual(plain)
    expect(size < 16 || !file.includes(plain.subarray(0, 16))).toBe(true)
  })

  it("gives any range of bytes", async () => {
    const plain = randomBytes(200_001)
    const file = await sealed(plain)
    await fc.assert(
      fc.asyncProperty(fc.nat(plain.length - 1), fc.nat(plain.length - 1), async (a, b) => {
        const range = { start: Math.min(a, b), end: Math.max(a, b) }
        expect((await opened(file, plain.length, range)).equals(plain.subarray(range.start, range.end + 1))).toBe(true)
      }),
      { numRuns: 60 }
    )
  })

  it("hands out nothing of a segment that was changed", async () => {
    const plain = randomBytes(150_000)
    const file = await sealed(plain)
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), async (at) => {
        const changed = Buffer.from(file)
        changed[at] ^= 1
        const read: Buffer[] = []
        const reading = (async () => {
          for await (const chunk of unseal(inPieces(changed), { key, fileId: FILE, size: plain.length, range: { start: 0, end: plain.length - 1 } })) {
            read.push(chunk)
          }
        })()
        await expect(reading).rejects.toThrow(/damaged/)
        // What came out before the place is what was put in.
        const got = Buffer.concat(read)
        expect(got.equals(plain.subarray(0, got.length))).toBe(true)
      }),
      { numRuns: 60 }
    )
  })

  it("notices that its end was cut off, at a segment's border too", async () => {
    const plain = randomBytes(150_000)
    const file = await sealed(plain)
    for (const length of [0, 10, 20, 65_572, file.length - 1]) {
      await expect(opened(file.subarray(0, length), plain.length)).rejects.toThrow(/damaged/)
    }
    // The row may say what it likes: a segment that is not the last does not open as one.
    await expect(opened(file.subarray(0, 20 + 65_552), 65_536)).rejects.toThrow(/damaged/)
  })

  it("does not open under another file's id or another key, nor with two segments exchanged", async () => {
    const plain = randomBytes(200_000)
    const file = await sealed(plain)
    await expect(opened(file, plain.length, undefined, "prvfile_2")).rejects.toThrow(/damaged/)
    await expect(opened(file, plain.length, undefined, FILE, newArchiveKey())).rejects.toThrow(/damaged/)
    const [one, two] = [file.subarray(20, 20 + 65_552), file.subarray(20 + 65_552, 20 + 2 * 65_552)]
    await expect(opened(Buffer.concat([file.subarray(0, 20), two, one, file.subarray(20 + 2 * 65_552)]), plain.length)).rejects.toThrow(/damaged/)
  })
})

describe("the key of an archive", () => {
  const keysOf = (pepper: unknown) => parseOptions({ pepper }, { production: true }).hashKeys
  const [old, fresh] = ["o".repeat(32), "n".repeat(32)]
  const before = keysOf({ current: "k1", keys: { k1: old } })
  const after = keysOf({ current: "k2", keys: { k1: old, k2: fresh } })

  it("is stored encrypted under the pepper, and survives its rotation", () => {
    const wrapped = wrapKey(before, FILE, key)
    expect(wrapped).not.toContain(key.toString("base64url"))
    expect(unwrapKey(before, FILE, wrapped)).toEqual(key)
    expect(unwrapKey(after, FILE, wrapped)).toEqual(key)
  })

  it("belongs to one file, and is lost with the pepper", () => {
    const wrapped = wrapKey(before, FILE, key)
    expect(() => unwrapKey(before, "prvfile_2", wrapped)).toThrow()
    expect(() => unwrapKey(keysOf({ current: "k2", keys: { k2: fresh } }), FILE, wrapped)).toThrow(/pepper "k1" is not among/)
  })
})
