import os from "node:os"
import path from "node:path"
import { parseArgs } from "node:util"

import { stopAllProcesses } from "../scripts/lib/child-process.mjs"
import { buildAdmin } from "../scripts/lib/demo-store.mjs"
import { checkMachine } from "../scripts/lib/machine.mjs"
import { installPackages, linkPlugin, packagesAreInstalled } from "../scripts/lib/packages.mjs"
import { PlainError } from "../scripts/lib/plain-error.mjs"
import { buildPlugin } from "../scripts/lib/plugin-build.mjs"
import { claimRun } from "../scripts/lib/single-run.mjs"
import { inState, log } from "./lib/places.mjs"
import { printReport, writeReport } from "./lib/report.mjs"
import { measureBigJob } from "./rows/big-job.mjs"
import { measureClicks } from "./rows/clicks.mjs"
import { measureErasure } from "./rows/erasure.mjs"
import { measureExtract, measureExtractMemory } from "./rows/extract.mjs"
import { measureReconciliation } from "./rows/reconciliation.mjs"
import { measureScale } from "./rows/scale.mjs"
import { measureServices } from "./rows/services.mjs"
import { measureShopLoad } from "./rows/shop-load.mjs"
import { makeTemplates, startBenchPostgres, templateOf } from "./store/templates.mjs"

const ROWS = ["erasure", "services", "scale", "job", "reconcile", "click", "shop", "extract", "extract-memory"]

const USAGE = `npm run bench -- [options]
  --customers N   customers of the benchmark store (10000)
  --large N       customers of the large store (300000)
  --extract N     customers of the large extract (100000)
  --only a,b      some of: ${ROWS.join(", ")}
  --write         write the table to benchmarks/RESULTS.md even when only some rows were measured`

const started = Date.now()
const say = (line) => console.log(`[${((Date.now() - started) / 1000).toFixed(0).padStart(4)} s] ${line}`)

/** Each measurement stops what it starts when all goes well; on the way out, whatever is left. */
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => void stopAllProcesses().finally(() => process.exit(1)))
}

try {
  await main()
} catch (error) {
  console.error(error instanceof PlainError ? `\n${error.message}` : error)
  process.exitCode = 1
} finally {
  await stopAllProcesses()
}

async function main() {
  const { customers, large, extract, only, write } = options()
  checkMachine([inState("")])
  claimRun(inState("run.pid"))
  if (!packagesAreInstalled()) {
    say("Installing packages (about two minutes)")
    await installPackages({ log: log("packages") })
  }
  linkPlugin()
  say("Building the plugin and the admin where they changed")
  await buildPlugin({ log: log("plugin-build") })
  await buildAdmin({ log: log("admin-build") })
  const needsLarge = only.some((row) => ["scale", "job", "reconcile", "extract-memory"].includes(row))
  await makeTemplates([customers, ...(needsLarge ? [large] : [])], say)

  const postgres = await startBenchPostgres()
  const context = { postgres, customers, large, most: extract, template: templateOf(large), say }
  const rows = []
  let indexes = []
  let throughput
  for (const name of ROWS.filter((row) => only.includes(row))) {
    say(`Measuring: ${name}`)
    const measuredBefore = rows.length
    if (name === "erasure") {
      const measured = await measureErasure(context)
      throughput = measured.throughput
      rows.push(...measured.rows)
    } else if (name === "services") {
      rows.push(...(await measureServices({ ...context, throughput: throughput ?? (await measureErasure(context)).throughput })))
    } else if (name === "scale") {
      const measured = await measureScale(context)
      indexes = measured.indexes
      rows.push(...measured.rows)
    } else {
      const measure = {
        job: measureBigJob, reconcile: measureReconciliation, click: measureClicks, shop: measureShopLoad, extract: measureExtract,
        "extract-memory": measureExtractMemory,
      }[name]
      rows.push(...(await measure(context)))
    }
    rows.slice(measuredBefore).forEach(({ row, figure, against, ratio }) => say(`${row}: ${figure}; ${against}${ratio ? `; ${ratio.toFixed(2)} ×` : ""}`))
  }
  const [{ server_version: version }] = await postgres.query("postgres", "SHOW server_version")
  await postgres.stop()

  const report = { rows, indexes, customers, machine: machine(version), minutes: (Date.now() - started) / 60_000 }
  printReport(report)
  if (write || only.length === ROWS.length) {
    writeReport(path.join(import.meta.dirname, "RESULTS.md"), report)
  }
}

function options() {
  const parse = () =>
    parseArgs({
      options: {
        customers: { type: "string", default: "10000" },
        large: { type: "string", default: "300000" },
        extract: { type: "string", default: "100000" },
        only: { type: "string", default: ROWS.join(",") },
        write: { type: "boolean", default: false },
      },
    }).values
  let values
  try {
    values = parse()
  } catch (error) {
    throw new PlainError(`${error.message}\n${USAGE}`)
  }
  const only = values.only.split(",")
  const [customers, large, extract] = [values.customers, values.large, values.extract].map(Number)
  if (only.some((row) => !ROWS.includes(row)) || ![customers, large, extract].every((number) => Number.isInteger(number) && number >= 200)) {
    throw new PlainError(`Sizes are whole numbers from 200.\n${USAGE}`)
  }
  return { ...values, customers, large, extract, only }
}

function machine(postgres) {
  return `${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GB memory, ${os.type()}, Node ${process.versions.node}, Postgres ${postgres}`
}
