import { BLANKS, IDEOGRAPHIC_DOT, LETTERS, NEWER } from "./code-points"
import { decodeLabel, PUNYCODE } from "./punycode"

const escaped = (codePoint: number) => `\\u{${codePoint.toString(16)}}`
const classOf = (ranges: [number, number][]) => ranges.map(([first, last]) => `${escaped(first)}-${escaped(last)}`).join("")

const SURROUNDING_BLANKS = new RegExp(`^[\\0${classOf(BLANKS)}]+|[\\0${classOf(BLANKS)}]+$`, "gu")
const HAS_NEWER = new RegExp(`[${classOf(NEWER)}]`, "u")
const HAS_OTHER_THAN_ASCII = /[^\0-\x7f]/
const DIVIDES = new RegExp(`[.@${IDEOGRAPHIC_DOT}]`, "u")
const SMALL_LETTERS = new Map(LETTERS.map(([capital, small]) => [String.fromCodePoint(capital), String.fromCodePoint(small)]))

/**
 * The comparison form of an e-mail address: NFKC, small letters, no blanks or invisible marks at the ends, the domain in its Unicode form
 * (`xn--mller-kva.de` is `müller.de`). No dot or plus folding. Equal to what `normalizedEmail` gives in SQL, whatever the database's locale.
 *
 * Rules: UAX 15 (NFKC), RFC 3492 and RFC 5891 (domain).
 */
export function normalizeEmail(email: string): string {
  const form = fold(email)
  const at = form.lastIndexOf("@")
  return at < 0 ? form : form.slice(0, at + 1) + unicodeDomain(form.slice(at + 1))
}

function fold(text: string): string {
  if (!HAS_OTHER_THAN_ASCII.test(text)) {
    return text.replace(SURROUNDING_BLANKS, "").toLowerCase()
  }
  const small = Array.from(compose(text), (letter) => SMALL_LETTERS.get(letter) ?? (letter < "\x80" ? letter.toLowerCase() : letter)).join("")
  return compose(small).replace(SURROUNDING_BLANKS, "")
}

const compose = (text: string) => (HAS_NEWER.test(text) ? text : text.normalize("NFKC"))

const unicodeDomain = (domain: string) => domain.replaceAll(IDEOGRAPHIC_DOT, ".").split(".").map(unicodeLabel).join(".")

/**
 * A label stays as it is unless it stands for a text beyond ASCII: such a text is never decoded again, so that the form of a form is the same
 * form. One with a sign that divides addresses is no label.
 */
function unicodeLabel(label: string): string {
  const decoded = label.startsWith(PUNYCODE) ? decodeLabel(label) : null
  const text = decoded === null ? label : fold(decoded)
  return HAS_OTHER_THAN_ASCII.test(text) && !DIVIDES.test(text) ? text : label
}
