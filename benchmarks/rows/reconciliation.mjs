import { median, peakMemory, resetPeakMemory } from "../lib/measure.mjs"
import { openShop, upload } from "../lib/shop.mjs"
import { emailOf } from "../store/footprint.mjs"
import { seconds } from "./erasure.mjs"

const LINES = 100_000
const FEW = 1_000
/** 200 MB: e-mail addresses as long as they may be. */
const HUGE = 1_000_000
const HUGE_EMAIL = `@${["a", "b", "c"].map((letter) => letter.repeat(60)).join(".")}.example`
/** Previews of each list: the median is the figure, and the highest memory of them all. */
const RUNS = 3
const BUDGET = { milliseconds: 5_000, mebibytes: 64 }

/** The preview of a long list of e-mail addresses against a short one: time of the request, and memory of the store process. */
export async function measureReconciliation({ postgres, large, template }) {
  const most = Math.min(LINES, large)
  const few = Math.min(FEW, Math.ceil(most / 10))
  const shop = await openShop(postgres.url(template), { name: "reconciliation" })
  const preview = async (lines, address = emailOf) => {
    const list = Array.from({ length: lines }, (_, n) => address(n))
    resetPeakMemory(shop.store.pid)
    const started = performance.now()
    const { preview } = await upload(shop, "/admin/privacy-requests/preview", list, { identifier_type: "email" })
    const milliseconds = performance.now() - started
    if (preview.total_lines !== lines) {
      throw new Error(`${preview.total_lines} of ${lines} lines were read.`)
    }
    return { milliseconds, memory: peakMemory(shop.store.pid) }
  }
  // The first one warms the process up: its connections and code are not what is measured.
  await preview(few)
  const runs = { few: [], most: [] }
  for (let run = 0; run < RUNS; run += 1) {
    runs.few.push(await preview(few))
    runs.most.push(await preview(most))
  }
  const short = { memory: median(runs.few.map(({ memory }) => memory)) }
  const long = {
    milliseconds: median(runs.most.map(({ milliseconds }) => milliseconds)),
    slowest: Math.max(...runs.most.map(({ milliseconds }) => milliseconds)),
    memory: runs.most[0].memory === undefined ? undefined : Math.max(...runs.most.map(({ memory }) => memory)),
  }
  const huge = most < LINES ? undefined : await preview(HUGE, (n) => `${String(n).padStart(9, "0")}${HUGE_EMAIL}`)
  await shop.close()
  const more = long.memory - short.memory
  return [
    {
      row: `reconciliation of ${most.toLocaleString("en")} lines`,
      figure: `${seconds(long.milliseconds)}, ${seconds(long.slowest)} at most`,
      against: `a store of ${large.toLocaleString("en")} customers, by e-mail`,
      budget: `≤ ${BUDGET.milliseconds / 1000} s`,
      met: long.milliseconds <= BUDGET.milliseconds,
    },
    ...(long.memory === undefined
      ? []
      : [
          {
            row: "memory of the upload",
            figure: `${long.memory.toFixed(0)} MiB at most`,
            against: `${few.toLocaleString("en")} lines ${short.memory.toFixed(0)} MiB`,
            budget: `≤ ${BUDGET.mebibytes} MiB more`,
            met: more <= BUDGET.mebibytes,
          },
        ]),
    ...(huge?.memory === undefined
      ? []
      : [
          {
            row: `upload of ${HUGE.toLocaleString("en")} lines, 200 MB`,
            figure: `${seconds(huge.milliseconds)}, ${huge.memory.toFixed(0)} MiB at most`,
            against: `${few.toLocaleString("en")} lines ${short.memory.toFixed(0)} MiB`,
            budget: `≤ ${BUDGET.mebibytes} MiB more`,
            met: huge.memory - short.memory <= BUDGET.mebibytes,
          },
        ]),
  ]
}
