import fs from "node:fs"

import { runToEnd } from "../../scripts/lib/child-process.mjs"
import { DEMO, MEDUSA_CLI } from "../../scripts/lib/paths.mjs"
import { storeEnvironment } from "../../scripts/lib/store-process.mjs"
import { inState, log } from "../lib/places.mjs"
import { customerId, customerNumbers } from "../store/footprint.mjs"
import { copyOf } from "../store/templates.mjs"

/** Customers the loop gets through in reasonable time. */
const MOST = 40

const BUDGET = 100

/** A loop over Medusa's module services, as one would write it without this plugin. */
export async function measureServices({ postgres, customers, throughput }) {
  const some = Math.min(MOST, customers)
  const databaseUrl = await copyOf(postgres, customers, "bench_services")
  const answer = inState("services.json")
  await runToEnd(process.execPath, [MEDUSA_CLI, "exec", "../benchmarks/scripts/service-loop.ts"], {
    what: "The loop over module services",
    cwd: DEMO,
    env: storeEnvironment({ databaseUrl, env: { BENCH_CUSTOMERS: customerNumbers(customers, some).map(customerId).join(","), BENCH_ANSWER: answer } }),
    log: log("services"),
  })
  const { milliseconds } = JSON.parse(fs.readFileSync(answer, "utf8"))
  const loop = some / (milliseconds / 1000)
  const ratio = throughput / loop
  return [
    {
      row: "the same, throughput",
      figure: `${throughput.toFixed(0)} subjects/s`,
      against: `loop over module services ${loop.toFixed(1)} customers/s (${some} of them)`,
      ratio,
      budget: `≥ ${BUDGET} ×`,
      met: ratio >= BUDGET,
    },
  ]
}
