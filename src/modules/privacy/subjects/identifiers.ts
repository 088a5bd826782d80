import { createHmac, timingSafeEqual } from "node:crypto"
import type { HashKeys } from "../options"

function hmac(key: Buffer, type: string, value: string): string {
  return createHmac("sha256", key).update(`${type}\0${value}`).digest("hex")
}

/** Keyed hash of an identifier: `kid:` + HMAC-SHA-256(pepper, type + NUL + normalised value), hex. */
export function hashIdentifier({ current, keys }: HashKeys, type: string, value: string): string {
  return `${current}:${hmac(keys.get(current) as Buffer, type, value)}`
}

/** The hash of an identifier under every configured key: what to look for. */
export function identifierHashes({ keys }: HashKeys, type: string, value: string): string[] {
  return [...keys].map(([id, key]) => `${id}:${hmac(key, type, value)}`)
}

/** Compares without telling by its duration how much of the two is equal. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** What may be shown after the erasure: first letter and last part of the domain, `j***@***.com`. */
export function redactEmail(email: string): string {
  const [local, domain = ""] = email.split("@")
  const ending = domain.includes(".") ? domain.slice(domain.lastIndexOf(".")) : ""
  return `${local.slice(0, 1)}***@***${ending}`
}
