import { randomFillSync } from "node:crypto"

/** Crockford's base 32, as in every id of Medusa's. */
const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
const TIME_DIGITS = 10
const RANDOM_DIGITS = 16

const random = Buffer.alloc(RANDOM_DIGITS * 256)
let used = random.length

/**
 * An id as Medusa's `generateEntityId` makes it: a prefix and a ULID, 48 bits of time and 80 of chance. That one asks the system for every
 * single digit, which for a row takes longer than writing it; a bulk erasure makes seven ids a subject.
 */
export function newId(prefix: string): string {
  if (used === random.length) {
    randomFillSync(random)
    used = 0
  }
  let id = beginningOfIds(prefix, Date.now())
  for (const end = used + RANDOM_DIGITS; used < end; used += 1) {
    id += DIGITS[random[used] % 32]
  }
  return id
}

/** What the ids of a moment begin with: rows made later have greater ids. */
export const beginningOfIds = (prefix: string, milliseconds: number) => `${prefix}_${timeDigits(milliseconds)}`

function timeDigits(milliseconds: number): string {
  let digits = ""
  let rest = milliseconds
  for (let place = 0; place < TIME_DIGITS; place += 1) {
    digits = DIGITS[rest % 32] + digits
    rest = Math.floor(rest / 32)
  }
  return digits
}
