import { until, percentile } from "../lib/measure.mjs"
import { openShop } from "../lib/shop.mjs"
import { customerId, customerNumbers } from "../store/footprint.mjs"
import { copyOf } from "../store/templates.mjs"

const CLICKS = 100
const BUDGET = { p50: 250, p95: 1000 }

/** One click on the customer page after the other, from accepted to complete by the database's clock. */
export async function measureClicks({ postgres, customers }) {
  const shop = await openShop(await copyOf(postgres, customers, "bench_clicks"), { name: "clicks" })
  const times = []
  for (const id of customerNumbers(customers, Math.min(CLICKS, customers)).map(customerId)) {
    const { rows } = await shop.database.query("SELECT email FROM customer WHERE id = $1", [id])
    const { privacy_request } = await shop.officer(`/admin/customers/${id}/anonymize`, { method: "POST", json: { email: rows[0].email } })
    times.push(
      await until(
        async () => {
          const found = await shop.database.query(
            "SELECT extract(epoch FROM completed_at - created_at)::float * 1000 AS milliseconds FROM privacy_request WHERE id = $1 AND status = 'complete'",
            [privacy_request.id]
          )
          return found.rows[0]?.milliseconds
        },
        { every: 20, within: 30_000, what: "The end of an erasure by click" }
      )
    )
  }
  await shop.close()
  return Object.entries(BUDGET).map(([name, budget]) => {
    const value = percentile(times, Number(name.slice(1)) / 100)
    return {
      row: `one click, accepted to complete, ${name}`,
      figure: `${value.toFixed(0)} ms`,
      against: `${times.length} clicks`,
      budget: `≤ ${budget} ms`,
      met: value <= budget,
    }
  })
}
