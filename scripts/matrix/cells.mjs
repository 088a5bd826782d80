import fs from "node:fs"
import path from "node:path"

import { ROOT } from "../lib/paths.mjs"
import { PlainError } from "../lib/plain-error.mjs"

const { devDependencies } = JSON.parse(fs.readFileSync(path.join(ROOT, "package.json"), "utf8"))

/** What a cell has where it does not say otherwise: the locked Medusa, the Node that runs the matrix, the Postgres of the tests. */
const BASE = { medusa: devDependencies["@medusajs/medusa"], node: process.versions.node.split(".")[0], postgres: "18.4.0-beta.17", locale: "C" }

/** Each differs from the base in one thing. */
const CELLS = [
  { name: "base" },
  { name: "node-20", node: "20" },
  { name: "node-22", node: "22" },
  { name: "node-24", node: "24" },
  { name: "postgres-13", postgres: "13.23.0-beta.16" },
  { name: "postgres-14", postgres: "14.20.0-beta.16" },
  { name: "postgres-15", postgres: "15.15.0-beta.16" },
  { name: "postgres-16", postgres: "16.11.0-beta.16" },
  { name: "postgres-17", postgres: "17.7.0-beta.16" },
  { name: "locale-C.UTF-8", locale: "C.UTF-8" },
  { name: "locale-en_US.UTF-8", locale: "en_US.UTF-8" },
  { name: "schema", schema: "shop" },
  { name: "pgbouncer", pooled: true },
].map((cell) => ({ ...BASE, ...cell }))

/** @param names all cells when empty. `medusa-<version>` is a cell as well, for any version. */
export function cellsNamed(names) {
  return names.length ? names.map(cellNamed) : CELLS
}

function cellNamed(name) {
  const known = CELLS.find((cell) => cell.name === name)
  const [, medusa] = name.match(/^medusa-(\d+\.\d+\.\d+)$/) ?? []
  if (!known && !medusa) {
    throw new PlainError(`There is no cell "${name}". Cells: ${CELLS.map((cell) => cell.name).join(", ")}, medusa-<version>`)
  }
  return known ?? { ...BASE, name, medusa }
}
