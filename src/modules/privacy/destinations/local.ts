import type {
  Event, ICachingModuleService, IEventBusModuleService, IFileModuleService, INotificationModuleService, ISearchModuleService, MedusaContainer,
} from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { beginningOfIds } from "../database/new-id"
import type { Courier } from "../jobs/dispatcher"
import type { Delivery, Step } from "../jobs/outbox"
import { customersErasedWorkflow, type CustomerErased } from "../../../workflows/workflows/customers-erased"
import { errorKind } from "./call"
import { clearCached } from "./cached-copies"
import type { LocalDestination } from "./reserved"
import { removeArchive } from "../archives/remove"
import { feedMessage } from "./feed-message"
import { removeFiles } from "./stored-files"

/**
 * Brings deliveries to their destination, all of them in as few calls as it allows. Throws to have them tried again; a repeated delivery has no
 * second effect.
 */
type Deliver = (app: MedusaContainer, deliveries: Delivery[]) => Promise<void>

/** For destinations that are told one thing at a time. */
const each =
  (deliver: (app: MedusaContainer, delivery: Delivery) => Promise<void>): Deliver =>
  async (app, deliveries) => {
    for (const delivery of deliveries) {
      await deliver(app, delivery)
    }
  }

const optional = <T>(app: MedusaContainer, key: string) => app.resolve<T>(key, { allowUnregistered: true })

/** Medusa's event bus. Subscribers tell repeats apart by `delivery_id`. */
const eventBus: Deliver = async (app, deliveries) => {
  const bus = app.resolve<IEventBusModuleService>(Modules.EVENT_BUS)
  await bus.emit(deliveries.map(({ id, event, payload, created_at }) => ({ name: event, data: { ...payload, delivery_id: id, occurred_at: created_at } })), {})
}

type CopiesPayload = Record<"customers" | "orders" | "carts", string[]>

/** Cached query results and search documents of the subjects' records. */
const copies: Deliver = async (app, deliveries) => {
  const all = (list: keyof CopiesPayload) => deliveries.flatMap(({ payload }) => (payload as CopiesPayload)[list])
  const [customers, orders, carts] = [all("customers"), all("orders"), all("carts")]
  const caching = optional<ICachingModuleService>(app, Modules.CACHING)
  if (caching) {
    await clearCached(caching, { Customer: customers, Order: orders, Cart: carts })
  }
  const search = optional<ISearchModuleService>(app, Modules.SEARCH)
  if (!search) {
    return
  }
  for (const { name, status } of await search.listIndexes()) {
    if (status !== ("pending" as typeof status)) {
      await search.deleteDocuments({ index: name, filters: { [search.getIndex(name).primary_key]: customers } })
    }
  }
  const changed: Event<{ id: string }>[] = [
    ...orders.map((id) => ({ name: "order.updated", data: { id } })),
    ...carts.map((id) => ({ name: "cart.updated", data: { id } })),
  ]
  for (const event of changed) {
    await search.ingest(event)
  }
}

/** Files that hold personal data, such as pictures sent in with a claim. */
const files: Deliver = async (app, deliveries) => removeFiles(app.resolve<IFileModuleService>(Modules.FILE), deliveries.flatMap(({ payload }) => payload.files as string[]))

/** Key of the note that says up to when staged exports were removed. */
const EXPORTS_NOTE = "exports"

/** Milliseconds by which clocks may differ, and a row's id be older than its commit. */
const EXPORTS_MARGIN = 3_600_000

/**
 * Order exports that wait in the file storage for a download: each lists the orders of many customers, and can be made again. All that were staged before
 * the last look are gone, so only later notifications are read: by their ids, which begin with their time. The first look reads all.
 */
const stagedExports: Deliver = async (app) => {
  const connection = app.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const { rows: notes } = await connection.raw<{ rows: { begun: Date; looked: Date | null }[] }>(
    "SELECT now() AS begun, (SELECT at FROM privacy_pace WHERE id = ?) AS looked",
    [EXPORTS_NOTE]
  )
  const [{ begun, looked }] = notes
  const { rows } = await connection.raw<{ rows: { id: string; url: string }[] }>(
    `SELECT id, data #>> '{file,url}' AS url
     FROM notification
     WHERE id >= ?
       AND channel = 'feed'
       AND data #>> '{file,filename}' LIKE '%-order-exports.csv'
       AND data #>> '{file,url}' IS NOT NULL`,
    [looked ? beginningOfIds("noti", looked.getTime() - EXPORTS_MARGIN) : ""]
  )
  await removeFiles(app.resolve<IFileModuleService>(Modules.FILE), rows.map(({ url }) => url), { own: true })
  await connection("notification")
    .whereIn("id", rows.map(({ id }) => id))
    .update({ data: connection.raw("data - 'file'") })
  await connection.raw(
    `INSERT INTO privacy_pace (id, at) VALUES (?, ?)
     ON CONFLICT (id) DO UPDATE SET at = greatest(privacy_pace.at, excluded.at), updated_at = now()`,
    [EXPORTS_NOTE, begun]
  )
}

/** The bell in the admin: one officer's, or everybody's. The idempotency key keeps a repeat from ringing twice. */
const feed = each(async (app, { id, event, payload }) => {
  await app.resolve<INotificationModuleService>(Modules.NOTIFICATION).createNotifications({
    to: (payload.to as string | null | undefined) ?? "",
    channel: "feed",
    template: "admin-ui",
    idempotency_key: id,
    data: { ...feedMessage(event, payload) },
  })
})

/** An e-mail to the admin who asked. A store without a provider for e-mails has the bell. */
const email = each(async (app, { id, payload }) => {
  const { user_id, template, path, ...data } = payload as Record<string, string>
  const connection = app.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const { rows } = await connection.raw<{ rows: { email: string }[] }>(`SELECT email FROM "user" WHERE id = ? AND deleted_at IS NULL`, [user_id])
  if (!rows.length) {
    return
  }
  const config = optional<{ admin?: { path?: string } }>(app, ContainerRegistrationKeys.CONFIG_MODULE)
  try {
    await app.resolve<INotificationModuleService>(Modules.NOTIFICATION).createNotifications({
      to: rows[0].email,
      channel: "email",
      template,
      idempotency_key: id,
      data: { ...data, url: `${config?.admin?.path ?? "/app"}${path}` },
    })
  } catch (error) {
    if (!/Could not find a notification provider/.test((error as Error).message)) {
      throw error
    }
  }
})

/** Archives nobody may read any more: their keys are gone already. */
const archives = each((app, { payload }) => removeArchive(app.resolve(ContainerRegistrationKeys.PG_CONNECTION), payload.file_id as string))

/** The hook `erased` of the workflow "customers-erased". */
const workflow: Deliver = async (app, deliveries) => {
  const customers = deliveries.map(({ id, payload, created_at }) => ({
    ...(payload as Omit<CustomerErased, "delivery_id" | "occurred_at">),
    delivery_id: id,
    occurred_at: created_at,
  }))
  await customersErasedWorkflow(app).run({ input: { customers } })
}

const DELIVER: Record<LocalDestination, Deliver> = { event_bus: eventBus, workflow, copies, files, exports: stagedExports, feed, email, archives }

export const isLocal = (lane: string): lane is LocalDestination => lane in DELIVER

/** Tries before a delivery is given up and shown as failed: over some nine hours, so that a Redis that was away overnight costs nothing. */
const MAXIMUM_ATTEMPTS = 20

/** Seconds: the longest wait between two tries; it doubles from one second. */
const LONGEST_WAIT = 3600

/** Parts of this very application: told together, quickly. */
export const localCourier = (app: MedusaContainer, lane: LocalDestination): Courier => ({
  batch: 100,
  lease: 15,
  isSpent: ({ attempts }) => attempts >= MAXIMUM_ATTEMPTS,
  deliver: (deliveries) => [tellAll(DELIVER[lane], app, deliveries)],
})

/** All at once; where that fails, one after the other, so that one that cannot be told does not keep the others from it. */
async function tellAll(deliver: Deliver, app: MedusaContainer, deliveries: Delivery[]): Promise<Step[]> {
  try {
    await deliver(app, deliveries)
    return deliveries.map(sent)
  } catch (error) {
    if (deliveries.length === 1) {
      return [notSent(deliveries[0], error)]
    }
  }
  const steps: Step[] = []
  for (const delivery of deliveries) {
    steps.push(...(await tellAll(deliver, app, [delivery])))
  }
  return steps
}

const sent = (delivery: Delivery): Step => ({ delivery, status: "sent", next: null, counts: true })

/** Another part's message may quote what it was told: only its kind is kept. */
function notSent(delivery: Delivery, error: unknown): Step {
  const last = delivery.attempts + 1 >= MAXIMUM_ATTEMPTS
  const next = last ? null : Math.min(LONGEST_WAIT, 2 ** delivery.attempts)
  return { delivery, status: last ? "failed" : "pending", next, counts: true, error: errorKind(error) }
}
