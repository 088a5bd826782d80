import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto"
import { MedusaError } from "@medusajs/framework/utils"
import { derivedKey, type HashKeys } from "./options"

const CIPHER = "aes-256-gcm"
const NONCE = 12
const TAG = 16

/**
 * Wraps a text for storage: `kid:` + base64 of nonce, tag and ciphertext (AES-256-GCM under a key of its own per purpose). A copy of the
 * database says nothing without the pepper.
 */
export function seal(keys: HashKeys, purpose: string, text: string): string {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv(CIPHER, derivedKey(keys, purpose), nonce)
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()])
  return `${keys.current}:${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64")}`
}

/**
 * Unwraps what `seal` wrapped, under whichever pepper is still configured.
 *
 * @throws MedusaError INVALID_DATA when the pepper is gone; UNEXPECTED_STATE when the text was changed
 */
export function unseal(keys: HashKeys, purpose: string, sealed: string): string {
  const split = sealed.indexOf(":")
  const key = derivedKey(keys, purpose, sealed.slice(0, split))
  const bytes = Buffer.from(sealed.slice(split + 1), "base64")
  try {
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE), { authTagLength: TAG })
    decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG))
    return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]).toString("utf8")
  } catch {
    throw new MedusaError(
      MedusaError.Types.UNEXPECTED_STATE,
      `Privacy: a stored secret (${purpose}) cannot be read: it was changed, or the pepper is another one than when it was written.`
    )
  }
}
