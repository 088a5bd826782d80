import path from "node:path"

import { ROOT } from "../../scripts/lib/paths.mjs"

/** What the benchmarks keep between two runs: a Postgres with the seeded stores. Git ignores it. */
const STATE = path.join(ROOT, ".bench")
export const BENCHMARKS = path.join(ROOT, "benchmarks")

export const inState = (name) => path.join(STATE, name)
export const log = (name) => inState(`logs/${name}.log`)
