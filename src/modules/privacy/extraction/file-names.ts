/** Longest part of a name that is taken over. */
const LONGEST = 60

/** Letters a to z and digits of a text; accents and umlauts lose their signs. */
function plain(text: string | null): string {
  return (text ?? "")
    .slice(0, 500)
    .normalize("NFKD")
    .replace(/ß/g, "ss")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, LONGEST)
    .replace(/-+$/, "")
}

/** Names that mean a device on Windows, whatever the ending. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d|conin|conout|clock)$/

/**
 * `<firstname>_<lastname>`, safe on every system: nothing of it leads out of the folder it is unpacked into. A customer whose name has no
 * letter of the Latin alphabet is called "customer".
 */
export function personName(first: string | null, last: string | null): string {
  const name = [plain(first), plain(last)].filter(Boolean).join("_")
  return name && !RESERVED.test(name) ? name : ["customer", name].filter(Boolean).join("_")
}

/** The same where many customers lie in one folder: the id tells apart who is called alike. */
export const personNameAmongMany = (first: string | null, last: string | null, customerId: string) =>
  `${personName(first, last)}-${customerId.replace(/[^A-Za-z0-9_]+/g, "-")}`
