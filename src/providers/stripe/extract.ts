import type Stripe from "stripe"
import { told } from "./client"

/** What is read of a Stripe customer, in this order: what the key may read that cancels and deletes it. */
const KINDS = ["customer", "subscription", "subscription schedule"] as const

type Kind = (typeof KINDS)[number]

/** Records a page. */
const PAGE = 100

/** Cursor: the number of the customer, the number of the kind, and the last record's id. */
export const extractCursor = (index: number, kind: Kind, after = "") => `${index}:${KINDS.indexOf(kind)}:${after}`

export function parseExtractCursor(cursor: string | null): { index: number; kind: Kind; after?: string } {
  const [index, kind, after] = (cursor ?? "0:0:").split(":")
  return { index: Number(index), kind: KINDS[Number(kind)], after: after || undefined }
}

/** The cursor of what comes after a kind; null at the end. */
export function nextKind(index: number, kind: Kind, customers: number): string | null {
  const next = KINDS[KINDS.indexOf(kind) + 1]
  if (next) {
    return extractCursor(index, next)
  }
  return index + 1 < customers ? extractCursor(index + 1, KINDS[0]) : null
}

/** One page of a kind, as Stripe has it; nothing of a customer who is gone. `more` is the id the next page comes after. */
export async function readKind(stripe: Stripe, kind: Kind, customer: string, after?: string): Promise<{ records: Record<string, unknown>[]; more?: string }> {
  const page = { customer, limit: PAGE, ...(after ? { starting_after: after } : {}) }
  try {
    if (kind === "customer") {
      const found = await stripe.customers.retrieve(customer)
      return { records: found.deleted ? [] : [plain(found)] }
    }
    const { data, has_more } = await (kind === "subscription" ? stripe.subscriptions.list({ ...page, status: "all" }) : stripe.subscriptionSchedules.list(page))
    return { records: data.map(plain), more: has_more ? data[data.length - 1].id : undefined }
  } catch (error) {
    if ((error as { code?: string }).code === "resource_missing") {
      return { records: [] }
    }
    throw told(error)
  }
}

/** Without what the SDK adds to an answer. */
const plain = (record: object): Record<string, unknown> => JSON.parse(JSON.stringify(record))
