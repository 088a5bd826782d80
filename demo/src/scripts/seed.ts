import type { ExecArgs } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import { ensureAdminUser } from "../seed/accounts"
import { createCatalog } from "../seed/catalog"
import { fillWithCopies } from "../seed/copies"
import { databaseOf } from "../seed/database"
import { moveToThePast, numberOrdersByDate } from "../seed/dates"
import { orderFlows } from "../seed/orders"
import { createPromotions } from "../seed/promotions"
import { createStore } from "../seed/store"
import { tellOrderStories } from "../seed/stories"
import { createBuyers, createGuests } from "../seed/story-customers"
import { subscribe } from "../seed/subscriptions"
import { leaveTraces } from "../seed/traces"
import { giveValue } from "../seed/value"

const CUSTOMERS = 300

/** Fills an empty store. A store that has customers already only gets what is missing of the admin user. */
export default async function seed({ container }: ExecArgs) {
  await ensureAdminUser(container)
  const [, existing] = await container.resolve(Modules.CUSTOMER).listAndCountCustomers({}, { take: 1 })
  if (existing) {
    return
  }
  const started = Date.now()
  const progress = (done: string) => console.log(`${((Date.now() - started) / 1000).toFixed(1)} s: ${done}`)

  const store = await createStore(container)
  const catalog = await createCatalog(container, store)
  progress("store and catalogue")

  const guests = await createGuests(container)
  const buyers = await createBuyers(container)
  await createPromotions(container, { anna: buyers.anna.customer_id, victor: buyers.victor.customer_id })
  progress("story customers")

  const flows = orderFlows(container, store)
  const ages = await tellOrderStories(buyers, guests, catalog, flows)
  progress("story orders")
  await giveValue(container, buyers, catalog, flows, ages)
  await leaveTraces(container, buyers, catalog, flows)
  await subscribe(container, buyers)
  progress("store credit, gift cards, reviews, mails, carts")

  const database = databaseOf(container)
  await fillWithCopies(database, buyers, CUSTOMERS)
  await moveToThePast(database, ages)
  await numberOrdersByDate(database)
  progress(`${CUSTOMERS} customers`)
}
