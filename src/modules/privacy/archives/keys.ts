import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto"
import { derivedKey, type HashKeys } from "../options"

const PURPOSE = "archive-key"

/** A key for one archive. */
export const newArchiveKey = () => randomBytes(32)

/** Encrypts an archive's key under the current pepper, bound to its file: `kid:` + base64url of nonce, tag and key. */
export function wrapKey(keys: HashKeys, fileId: string, key: Buffer): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv("aes-256-gcm", derivedKey(keys, PURPOSE), iv)
  cipher.setAAD(Buffer.from(fileId, "utf8"))
  const wrapped = Buffer.concat([cipher.update(key), cipher.final()])
  return `${keys.current}:${Buffer.concat([iv, cipher.getAuthTag(), wrapped]).toString("base64url")}`
}

/** @throws MedusaError INVALID_DATA when the pepper it was wrapped under is not configured any more */
export function unwrapKey(keys: HashKeys, fileId: string, wrapped: string): Buffer {
  const [kid, encoded] = wrapped.split(":")
  const bytes = Buffer.from(encoded, "base64url")
  const decipher = createDecipheriv("aes-256-gcm", derivedKey(keys, PURPOSE, kid), bytes.subarray(0, 12))
  decipher.setAAD(Buffer.from(fileId, "utf8"))
  decipher.setAuthTag(bytes.subarray(12, 28))
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()])
}
