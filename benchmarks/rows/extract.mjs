import fs from "node:fs"
import path from "node:path"

import { DEMO } from "../../scripts/lib/paths.mjs"
import { copyOut } from "../lib/copy-out.mjs"
import { median, peakMemory, resetPeakMemory } from "../lib/measure.mjs"
import { inState } from "../lib/places.mjs"
import { connect, finished, openShop, upload } from "../lib/shop.mjs"
import { customerId, customerNumbers } from "../store/footprint.mjs"
import { copyOf } from "../store/templates.mjs"
import { seconds } from "./erasure.mjs"
import { untouched } from "./scale.mjs"

const SUBJECTS = 1_000
const ROUNDS = 3
const LEVEL = 6
const BUDGET = 2
const MEMORY_BUDGET = 64

const mebibytes = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MiB`

/** Files an extract by upload and gives the id of the request. */
async function fileExtract(shop, customers, format = "json") {
  const { privacy_request } = await upload(shop, "/admin/privacy-requests/upload", customers, { type: "access", format, identifier_type: "customer_id" })
  return privacy_request.id
}

/** Works an extract off, and removes what it left on the disk. */
async function extract(shop, customers, format) {
  const id = await fileExtract(shop, customers, format)
  const { milliseconds, complete } = await finished(shop, id)
  if (complete !== customers.length) {
    throw new Error(`${complete} of ${customers.length} customers were extracted.`)
  }
  const { rows } = await shop.database.query("SELECT storage_key, size::float8 AS size FROM privacy_file WHERE request_id = $1 AND status = 'ready'", [id])
  rows.forEach(({ storage_key }) => fs.rmSync(path.join(DEMO, "static", storage_key)))
  return { milliseconds, archives: rows.length, bytes: rows.reduce((sum, { size }) => sum + size, 0) }
}

/** An extract as JSON beside COPY of the same rows as JSON, packed, in turns, from the same store. */
export async function measureExtract({ postgres, customers, say }) {
  const subjects = Math.min(SUBJECTS, customers)
  const ids = customerNumbers(customers, subjects).map(customerId)
  const url = await copyOf(postgres, customers, "bench_extract")
  const shop = await openShop(url, { name: "extract" })
  const client = await connect(url)
  const [copied, extracted] = [[], []]
  // The first round warms both up.
  for (let round = 0; round <= ROUNDS; round += 1) {
    copied.push(await copyOut(client, ids, inState("copy.gz"), LEVEL))
    extracted.push(await extract(shop, ids, "json"))
    say(`Extract, round ${round}: COPY ${seconds(copied.at(-1).milliseconds)} (${copied.at(-1).rows} rows), plugin ${seconds(extracted.at(-1).milliseconds)}`)
  }
  const csv = await extract(shop, ids, "csv")
  await client.end()
  await shop.close()
  fs.rmSync(inState("copy.gz"))
  const [copy, plugin] = [copied, extracted].map((rounds) => median(rounds.slice(1).map(({ milliseconds }) => milliseconds)))
  return [
    {
      row: `extract of ${subjects.toLocaleString("en")} customers, JSON`,
      figure: `${seconds(plugin)}, ${mebibytes(extracted.at(-1).bytes)}`,
      against: `COPY of ${copied.at(-1).rows.toLocaleString("en")} rows, packed ${seconds(copy)}, ${mebibytes(copied.at(-1).bytes)}`,
      ratio: plugin / copy,
      budget: `≤ ${BUDGET} ×`,
      met: plugin / copy <= BUDGET,
    },
    { row: "the same as CSV", figure: `${seconds(csv.milliseconds)}, ${mebibytes(csv.bytes)}`, against: "JSON above", ratio: csv.milliseconds / plugin, budget: "–" },
  ]
}

/**
 * Memory of the store's process while it extracts many customers against few. A process that has made an extract before, so that both meet compiled
 * code; of few, because what many leave to the garbage collector would count for the few that follow. The store is not copied: an extract changes
 * nothing in it, and may take all of its customers.
 */
export async function measureExtractMemory({ postgres, large, template, most, say }) {
  const many = Math.min(most, large)
  const few = Math.min(SUBJECTS, Math.ceil(many / 10))
  const shop = await openShop(postgres.url(template), { name: "extract-memory" })
  const measure = async (subjects) => {
    const ids = await untouched(postgres.url(template), large, subjects)
    resetPeakMemory(shop.store.pid)
    const { milliseconds, bytes, archives } = await extract(shop, ids, "json")
    say(`Extract of ${subjects}: ${seconds(milliseconds)}, ${mebibytes(bytes)} in ${archives} archives`)
    return { milliseconds, bytes, memory: peakMemory(shop.store.pid) }
  }
  await measure(few)
  const small = await measure(few)
  const big = await measure(many)
  await shop.close()
  if (big.memory === undefined) {
    return []
  }
  return [
    {
      row: `memory of an extract of ${many.toLocaleString("en")}`,
      figure: `${big.memory.toFixed(0)} MiB at most (${seconds(big.milliseconds)}, ${mebibytes(big.bytes)})`,
      against: `${few.toLocaleString("en")} customers ${small.memory.toFixed(0)} MiB`,
      budget: `≤ ${MEMORY_BUDGET} MiB more`,
      met: big.memory - small.memory <= MEMORY_BUDGET,
    },
  ]
}
