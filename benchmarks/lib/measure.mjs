import fs from "node:fs"

const sorted = (values) => [...values].sort((a, b) => a - b)

/** The value below which a share of the values lie: nearest rank. */
export const percentile = (values, share) => sorted(values)[Math.max(0, Math.ceil(values.length * share) - 1)]

export const median = (values) => percentile(values, 0.5)

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Asks again and again until the answer is truthy. */
export async function until(ask, { within = 600_000, every = 100, what }) {
  const end = Date.now() + within
  for (;;) {
    const answer = await ask()
    if (answer) {
      return answer
    }
    if (Date.now() > end) {
      throw new Error(`${what} did not happen within ${within / 1000} seconds.`)
    }
    await pause(every)
  }
}

/** Starts measuring the highest memory of a process anew; where the system cannot (anywhere but on Linux), `peakMemory` gives undefined. */
export function resetPeakMemory(pid) {
  if (process.platform === "linux") {
    fs.writeFileSync(`/proc/${pid}/clear_refs`, "5")
  }
}

/** Highest resident memory of a process since the reset, in MiB. */
export function peakMemory(pid) {
  if (process.platform !== "linux") {
    return undefined
  }
  return Number(fs.readFileSync(`/proc/${pid}/status`, "utf8").match(/VmHWM:\s+(\d+)/)[1]) / 1024
}
