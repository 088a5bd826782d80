/** The form in which e-mail addresses are compared: NFKC, trimmed, lower-cased; no dot or plus folding. */
const normalize = (text: string) => text.normalize("NFKC").trim().toLowerCase()

export interface Confirmation {
  kind: "email" | "customerId"
  /** What the officer must type. */
  expected: string
}

/** What confirms a removal: the customer's e-mail address, or the id of a customer who has none. */
export const toConfirmation = (
  email: string | null | undefined,
  customerId: string
): Confirmation =>
  email?.trim()
    ? { kind: "email", expected: email.trim() }
    : { kind: "customerId", expected: customerId }

export const isConfirmed = (typed: string, { expected }: Confirmation) =>
  normalize(typed) === normalize(expected)
