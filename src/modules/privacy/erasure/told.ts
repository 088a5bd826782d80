import type { Session } from "../database/session"
import { name } from "../database/sql"
import type { LiveSchema } from "../data-map/schema"
import { FENCED_EMAIL, SCOPE } from "../data-map/live-map"
import { neededBy, sealIdentifiers } from "../destinations/identifiers"
import type { DestinationIdentifiers } from "../destinations/contract"
import type { Destination } from "../destinations/registry"
import { queueDeliveries, type NewDelivery } from "../jobs/outbox"
import type { HashKeys } from "../options"
import { webhookDeliveries } from "../webhooks/announce"
import { hasErasedHandler } from "../../../workflows/workflows/customers-erased"
import type { ErasureRequest, Outcome } from "./erasure-request"

/** Ids and files outside the tables that must be refreshed or removed after the commit, and the addresses that the ledger is to know by their hashes. */
export interface Copies {
  emails: string[]
  customers: string[]
  orders: string[]
  carts: string[]
  files: string[]
}

/** A file's URL without what a browser adds to it. */
const bareUrl = (column: string) => `split_part(split_part(${column}, '?', 1), '#', 1)`

/** Where the catalogue refers to pictures. */
const PICTURES = [["image", "url"], ["product", "thumbnail"], ["product_variant", "thumbnail"]] as const

/** Pictures of the subjects' claims that nothing else refers to: one of the catalogue that was put into a claim stays, and so does another's. */
function claimPictures(schema: LiveSchema): string {
  const elsewhere = PICTURES.filter(([table, column]) => schema.get(table)?.has(column)).map(
    ([table, column]) => `AND NOT EXISTS (SELECT 1 FROM ${name(table)} AS other WHERE ${bareUrl(`other.${column}`)} = ${bareUrl("x.url")})`
  )
  return `UNION ALL SELECT r.subject, 'file', x.url FROM ${SCOPE.rows} AS r JOIN order_claim_item_image AS x ON x.id = r.key
    WHERE r.entry = 'order_claim_item_image' ${elsewhere.join(" ")}
      AND NOT EXISTS (SELECT 1 FROM order_claim_item_image AS other WHERE ${bareUrl("other.url")} = ${bareUrl("x.url")} AND other.id <> x.id
        AND NOT EXISTS (SELECT 1 FROM ${SCOPE.rows} AS own WHERE own.entry = 'order_claim_item_image' AND own.key = other.id))`
}

export async function collectCopies(session: Session, schema: LiveSchema): Promise<Map<number, Copies>> {
  const files = schema.has("order_claim_item_image") ? claimPictures(schema) : ""
  const { rows } = await session.run<{ subject: number; entry: string; key: string }>(
    `SELECT subject, entry, key FROM ${SCOPE.rows} WHERE entry IN ('customer', 'order', 'cart')
     UNION ALL SELECT subject, 'email', value FROM ${SCOPE.identifiers} WHERE type IN ('email', '${FENCED_EMAIL}') AND value <> '' ${files}`
  )
  const copies = new Map<number, Copies>()
  const lists = { customer: "customers", order: "orders", cart: "carts", file: "files", email: "emails" } as const
  for (const { subject, entry, key } of rows) {
    const own = copies.get(subject) ?? { customers: [], orders: [], carts: [], files: [], emails: [] }
    own[lists[entry as keyof typeof lists]].push(key)
    copies.set(subject, own)
  }
  return copies
}

/** Customer ids a webhook's payload names at most: Standard Webhooks asks for less than 20 kB. */
const MOST_NAMED = 400

interface Told {
  hashKeys: HashKeys
  destinations: Destination[]
  request: ErasureRequest
  copies: Map<number, Copies>
  identifiers: Map<number, DestinationIdentifiers>
}

/**
 * Queues what must be told of the erased subjects, in one statement: Medusa's event bus and the hook `erased`, caches and search, files,
 * webhooks, and the destinations of the options. Payloads carry ids and hashes; what a destination knows the subject by is sealed.
 */
export async function queueTold(session: Session, told: Told, erased: (Outcome & { number: number })[]): Promise<void> {
  if (!erased.length) {
    return
  }
  const { request } = told
  await queueDeliveries(session, [
    ...erased.flatMap((outcome) => deliveriesOf(told, outcome)),
    ...(await webhookDeliveries(
      session,
      erased.map((outcome) => {
        const { customer_ids, ...data } = factsOf(told, outcome)
        return {
          type: "user.deleted" as const,
          requestId: request.id,
          subjectId: outcome.subject.id,
          data: { ...data, customer_ids: customer_ids.slice(0, MOST_NAMED), customer_count: customer_ids.length },
        }
      })
    )),
    // Exports are not told apart by subject: once a chunk.
    ...erased.slice(0, 1).map(({ subject }) => ({ requestId: request.id, subjectId: subject.id, destination: "exports", event: "remove", payload: {} })),
  ])
}

const factsOf = ({ request, copies }: Told, { number, subject }: Outcome & { number: number }) => ({
  request_id: request.id,
  subject_id: subject.id,
  reference: request.reference,
  method: request.plan.method,
  customer_ids: copies.get(number)?.customers ?? [],
  identifier_hash: subject.identifier_hash,
})

function deliveriesOf(told: Told, outcome: Outcome & { number: number }): NewDelivery[] {
  const { number, subject } = outcome
  const { customers = [], orders = [], carts = [], files = [] } = told.copies.get(number) ?? {}
  const common = { requestId: told.request.id, subjectId: subject.id }
  const facts = factsOf(told, outcome)
  return [
    { ...common, destination: "event_bus", event: "privacy.user_deleted", payload: facts },
    ...(hasErasedHandler() ? [{ ...common, destination: "workflow", event: "customer-erased", payload: facts }] : []),
    { ...common, destination: "copies", event: "refresh", payload: { customers, orders, carts } },
    ...(files.length ? [{ ...common, destination: "files", event: "remove", payload: { files } }] : []),
    ...told.destinations.flatMap((destination) => {
      const all = told.identifiers.get(number)
      const identifiers = all && neededBy(destination, all)
      const { reference, method } = facts
      return identifiers
        ? [
            {
              ...common, destination: destination.id, event: "erase", payload: { reference, method },
              identifiers: sealIdentifiers(told.hashKeys, identifiers), deadlineDays: destination.deadlineDays,
            },
          ]
        : []
    }),
  ]
}
