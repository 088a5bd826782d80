/** The form in which e-mail addresses are compared: NFKC, trimmed, lower-cased; no dot or plus folding. */
const normalizeEmail = (email: string) =>
  email.normalize("NFKC").trim().toLowerCase()

/** Whether the officer typed the customer's address. An empty address matches nothing. */
export const isSameEmail = (typed: string, email: string | null | undefined) => {
  const expected = normalizeEmail(email ?? "")

  return expected !== "" && normalizeEmail(typed) === expected
}
