import { normalizeEmail } from "../../modules/privacy/database/email-form/normalize-email"

/** The identifiers an officer collects by hand. */

/** Same person, same key: the comparison form of the server. */
const toKey = (type: string, identifier: string) => {
  switch (type) {
    case "email":
      return normalizeEmail(identifier)
    case "phone":
      return identifier.replace(/[^0-9+]/g, "")
    default:
      return identifier.trim()
  }
}

/** Pasted text, line by line: spreadsheets add quotation marks and trailing delimiters. */
export const toLines = (text: string): string[] =>
  text
    .split(/[\r\n\t]+/)
    .map((line) =>
      line
        .replace(/^\uFEFF/, "")
        .trim()
        .replace(/[,;]+$/, "")
        .replace(/^"(.*)"$/, "$1")
        .trim()
    )
    .filter(Boolean)

export interface Addition {
  identifiers: string[]
  added: number
  duplicates: number
}

/** Adds identifiers to the list, each person once. */
export const addIdentifiers = (
  type: string,
  list: string[],
  added: string[]
): Addition => {
  const keys = new Set(list.map((identifier) => toKey(type, identifier)))
  const fresh = added.filter((identifier) => {
    const key = toKey(type, identifier)
    const isNew = !keys.has(key)

    keys.add(key)

    return isNew
  })

  return {
    identifiers: [...list, ...fresh],
    added: fresh.length,
    duplicates: added.length - fresh.length,
  }
}

/** False for what cannot be an identifier of the type. The server looks closer. */
export const isPlausible = (type: string, identifier: string) => {
  switch (type) {
    case "email":
      return /^[^\s@]+@[^\s@]+$/.test(identifier)
    case "customer_id":
      return /^\w+$/.test(identifier)
    case "phone":
      return /^\+?[\d\s()./-]+$/.test(identifier)
    default:
      return identifier !== ""
  }
}
