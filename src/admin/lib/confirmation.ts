import { normalizeEmail } from "../../modules/privacy/database/email-form/normalize-email"

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
  normalizeEmail(typed) === normalizeEmail(expected)
