import { peakMemory, resetPeakMemory } from "../lib/measure.mjs"
import { finished, openShop, upload } from "../lib/shop.mjs"
import { seconds } from "./erasure.mjs"
import { untouched } from "./scale.mjs"

const SUBJECTS = 100_000

/**
 * One long job to its end, from the upload of the list to the last subject, in the large store with the indexes the plugin offers. It takes
 * other customers at every run; the store is not copied.
 */
export async function measureBigJob({ postgres, large, template, say }) {
  const subjects = Math.min(SUBJECTS, Math.floor(large / 4))
  const shop = await openShop(postgres.url(template), { name: "big-job" })
  const customers = await untouched(postgres.url(template), large, subjects)
  resetPeakMemory(shop.store.pid)
  const began = performance.now()
  const { privacy_request } = await upload(shop, "/admin/privacy-requests/upload", customers, { identifier_type: "customer_id", confirm: subjects })
  const filed = performance.now() - began
  const { milliseconds, complete } = await finished(shop, privacy_request.id)
  const memory = peakMemory(shop.store.pid)
  const { rows } = await shop.database.query(
    `SELECT (SELECT count(*)::int FROM privacy_ledger_entry AS e JOIN privacy_subject AS s ON s.customer_id = e.customer_id AND s.request_id = $1) AS ledger,
       (SELECT count(*)::int FROM privacy_audit_entry WHERE request_id = $1 AND action = 'erasure.completed') AS audited`,
    [privacy_request.id]
  )
  await shop.close()
  const [{ ledger, audited }] = rows
  if (complete !== subjects || ledger !== subjects || audited !== subjects) {
    throw new Error(`Of ${subjects} subjects ${complete} are complete, ${ledger} stand in the ledger, ${audited} in the audit log.`)
  }
  say(`${subjects} subjects: filed in ${seconds(filed)}, erased in ${seconds(milliseconds)}`)
  return [
    {
      row: `a job of ${subjects.toLocaleString("en")} subjects`,
      figure: `${seconds(milliseconds)}, ${(subjects / (milliseconds / 1000)).toFixed(0)} subjects/s, ${memory?.toFixed(0) ?? "?"} MiB at most`,
      against: `a store of ${large.toLocaleString("en")} customers; filed in ${seconds(filed)}; ${ledger.toLocaleString("en")} in the ledger, each once`,
      budget: "–",
    },
  ]
}
