import { randomBytes } from "node:crypto"
import { Webhook } from "standardwebhooks"
import type { HashKeys } from "../options"
import { seal, unseal } from "../secrets"

const PURPOSE = "webhook-secret"

/** Bytes of a secret (Standard Webhooks: 24 to 64). */
const LENGTH = 32

/** A new secret as receivers write it: `whsec_` + base64. */
export const newSecret = () => `whsec_${randomBytes(LENGTH).toString("base64")}`

export const sealSecret = (keys: HashKeys, secret: string) => seal(keys, PURPOSE, secret)

export const openSecret = (keys: HashKeys, sealed: string) => unseal(keys, PURPOSE, sealed)

/**
 * Headers of one attempt (Standard Webhooks): the id is the same at every try, the timestamp is new.
 *
 * @param secrets the current one, and until a day after a rotation the one before
 * @param timestamp Unix seconds
 */
export function signedHeaders(secrets: string[], id: string, timestamp: number, body: string): Record<string, string> {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(id, new Date(timestamp * 1000), body)).join(" "),
  }
}
