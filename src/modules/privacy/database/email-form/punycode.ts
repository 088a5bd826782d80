/** What a label begins with that stands for other characters than it has. */
export const PUNYCODE = "xn--"

/** Longest label of a domain (RFC 1035). */
export const LONGEST_LABEL = 63

const [BASE, FIRST_THRESHOLD, LAST_THRESHOLD, SKEW, DAMP, FIRST_BIAS, FIRST_CODE_POINT] = [36, 1, 26, 38, 700, 72, 128]

const LARGEST = 2 ** 31 - 1

/**
 * The text that a label in small letters such as `xn--mller-kva` stands for; null for one that stands for none. Written out because the database
 * does the same in its own language, step by step, down to what is refused.
 *
 * Source: RFC 3492, section 6.2.
 */
export function decodeLabel(label: string): string | null {
  const encoded = label.slice(PUNYCODE.length)
  const delimiter = encoded.lastIndexOf("-")
  const output = delimiter > 0 ? Array.from(encoded.slice(0, delimiter), (letter) => letter.codePointAt(0) as number) : []
  if (label.length > LONGEST_LABEL || output.some((letter) => letter >= FIRST_CODE_POINT)) {
    return null
  }
  let [codePoint, bias, place] = [FIRST_CODE_POINT, FIRST_BIAS, 0]
  for (let position = delimiter > 0 ? delimiter + 1 : 0; position < encoded.length; place += 1) {
    const before = place
    for (let weight = 1, k = BASE; ; k += BASE) {
      const digit = digitOf(encoded.charCodeAt(position))
      position += 1
      if (digit === null) {
        return null
      }
      place += digit * weight
      const threshold = Math.min(Math.max(k - bias, FIRST_THRESHOLD), LAST_THRESHOLD)
      if (place > LARGEST) {
        return null
      }
      if (digit < threshold) {
        break
      }
      weight *= BASE - threshold
      if (weight > LARGEST) {
        return null
      }
    }
    bias = adapt(place - before, output.length + 1, before === 0)
    codePoint += Math.floor(place / (output.length + 1))
    place %= output.length + 1
    if (codePoint > 0x10ffff || (codePoint >= 0xd800 && codePoint <= 0xdfff)) {
      return null
    }
    output.splice(place, 0, codePoint)
  }
  return String.fromCodePoint(...output)
}

/** The value of a digit: a to z, then 0 to 9. NaN, which is read past the end, is none. */
function digitOf(letter: number): number | null {
  if (letter >= 97 && letter <= 122) {
    return letter - 97
  }
  return letter >= 48 && letter <= 57 ? letter - 22 : null
}

function adapt(delta: number, points: number, first: boolean): number {
  let rest = Math.floor(first ? delta / DAMP : delta / 2)
  rest += Math.floor(rest / points)
  let k = 0
  for (; rest > ((BASE - FIRST_THRESHOLD) * LAST_THRESHOLD) / 2; k += BASE) {
    rest = Math.floor(rest / (BASE - FIRST_THRESHOLD))
  }
  return k + Math.floor(((BASE - FIRST_THRESHOLD + 1) * rest) / (rest + SKEW))
}
