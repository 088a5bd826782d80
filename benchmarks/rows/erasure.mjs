import { eraseByHand } from "../hand-written.sql.mjs"
import { openEngine } from "../lib/engine.mjs"
import { median, peakMemory, resetPeakMemory } from "../lib/measure.mjs"
import { connect, fileErasure, finished, openShop } from "../lib/shop.mjs"
import { customerId, customerNumbers } from "../store/footprint.mjs"
import { copyOf } from "../store/templates.mjs"
import { differences } from "./same-columns.mjs"

const ROUNDS = 3

/** Budget: the plugin takes at most so many times the hand-written transaction. */
const BUDGET = 1.25

/** The plugin's bulk erasure beside one hand-written transaction, in turns, each on a fresh copy of the same store. */
export async function measureErasure({ postgres, customers, say }) {
  const ids = customerNumbers(customers).map(customerId)
  const hand = []
  const plugin = []
  let memory
  for (let round = 1; round <= ROUNDS; round += 1) {
    const client = await connect(await copyOf(postgres, customers, "bench_hand"))
    hand.push(await eraseByHand(client, ids))
    await client.end()
    const shop = await openShop(await copyOf(postgres, customers, "bench_plugin"), { name: "erasure" })
    resetPeakMemory(shop.store.pid)
    const { milliseconds, complete } = await finished(shop, await fileErasure(shop, ids))
    memory = peakMemory(shop.store.pid)
    await shop.close()
    if (complete !== ids.length) {
      throw new Error(`Only ${complete} of ${ids.length} customers were erased.`)
    }
    plugin.push(milliseconds)
    say(`Erasure, round ${round}: by hand ${seconds(hand.at(-1))}, plugin ${seconds(plugin.at(-1))}`)
  }
  const unlike = await differences(postgres, "bench_hand", "bench_plugin")
  if (unlike.length) {
    throw new Error(`The comparison is not fair: the two erasures left different values in ${unlike.join(", ")}.`)
  }
  const engine = await openEngine(await copyOf(postgres, customers, "bench_plugin"))
  const { chunks } = await engine.erase(ids.slice(0, engine.options.chunk_size))
  const { chunk_size, bulk } = engine.options
  await engine.close()
  const ratio = median(plugin) / median(hand)
  return {
    throughput: ids.length / (median(plugin) / 1000),
    rows: [
      {
        row: `bulk erasure, ${ids.length.toLocaleString("en")} subjects`,
        figure: `${seconds(median(plugin))} (${plugin.map(seconds).join(", ")})`,
        against: `hand-written SQL ${seconds(median(hand))} (${hand.map(seconds).join(", ")})`,
        ratio,
        budget: `≤ ${BUDGET} ×`,
        met: ratio <= BUDGET,
      },
      {
        row: "statements per chunk",
        figure: `${chunks[0].statements} for ${chunks[0].subjects} subjects`,
        against: `chunk size ${chunk_size}, ${bulk.concurrency} chunks side by side`,
        budget: "constant",
        met: true,
      },
      ...(memory === undefined
        ? []
        : [{ row: "the same, peak memory of the store's process", figure: `${memory.toFixed(0)} MiB`, against: "shop, admin and worker in one", budget: "–" }]),
    ],
  }
}

export const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`
