import { percentile } from "../lib/measure.mjs"
import { fileErasure, finished, openShop } from "../lib/shop.mjs"
import { startStore } from "../../scripts/lib/store-process.mjs"
import { log } from "../lib/places.mjs"
import { customerId, customerNumbers } from "../store/footprint.mjs"
import { copyOf } from "../store/templates.mjs"

/** A modest load: so many shoppers, each with one request at a time and a pause between two. */
const SHOPPERS = 4
const PAUSE = 20
const LONGEST = 20_000
const MOST_REQUESTS = 4_000

const BUDGET = 1.3

/** The store API while nothing else runs and while a bulk erasure does, the shop and the worker in processes of their own as in production. */
export async function measureShopLoad({ postgres, customers }) {
  const databaseUrl = await copyOf(postgres, customers, "bench_shop")
  const shop = await openShop(databaseUrl, { name: "shop", env: { MEDUSA_WORKER_MODE: "server" } })
  const worker = await startStore({ databaseUrl, log: log("worker"), env: { MEDUSA_WORKER_MODE: "worker" } })
  const { rows } = await shop.database.query("SELECT token FROM api_key WHERE type = 'publishable' LIMIT 1")
  const { rows: regions } = await shop.database.query("SELECT id FROM region WHERE deleted_at IS NULL ORDER BY name LIMIT 1")
  const load = (stopped) => shoppers(shop.store.url, { "x-publishable-api-key": rows[0].token }, regions[0].id, stopped)

  let warm = false
  setTimeout(() => (warm = true), 3_000)
  await load(() => warm)
  let over = false
  setTimeout(() => (over = true), 10_000)
  const quiet = await load(() => over)
  const id = await fileErasure(shop, customerNumbers(customers).map(customerId))
  let done = false
  const end = finished(shop, id).finally(() => (done = true))
  const busy = await load(() => done)
  await end
  await worker.stop()
  await shop.close()
  const [before, during] = [quiet, busy].map((times) => percentile(times, 0.99))
  const ratio = during / before
  return [
    {
      row: "the shop during a bulk erasure, p99",
      figure: `${during.toFixed(0)} ms (p50 ${percentile(busy, 0.5).toFixed(0)} ms, ${busy.length} requests)`,
      against: `nothing running ${before.toFixed(0)} ms (p50 ${percentile(quiet, 0.5).toFixed(0)} ms, ${quiet.length} requests)`,
      ratio,
      budget: `≤ ${BUDGET} ×`,
      met: ratio <= BUDGET,
    },
  ]
}

async function shoppers(url, headers, region, stopped) {
  const times = []
  const until = Date.now() + LONGEST
  const paths = [`/store/products?region_id=${region}&limit=5&fields=id,title,handle,*variants.calculated_price`, "/store/regions", "/store/products?limit=12&fields=id,title,handle"]
  const request = async (path, options = {}) => {
    const started = performance.now()
    const response = await fetch(url + path, { ...options, headers: { ...headers, "content-type": "application/json" } })
    await response.text()
    if (!response.ok) {
      throw new Error(`${path} answered ${response.status}.`)
    }
    times.push(performance.now() - started)
  }
  await Promise.all(
    Array.from({ length: SHOPPERS }, async () => {
      for (let turn = 0; !stopped() && Date.now() < until && times.length < MOST_REQUESTS; turn += 1) {
        if (turn % 4 === 3) {
          await request("/store/carts", { method: "POST", body: JSON.stringify({ region_id: region }) })
        } else {
          await request(paths[turn % 4])
        }
        await new Promise((resolve) => setTimeout(resolve, PAUSE))
      }
    })
  )
  return times
}
