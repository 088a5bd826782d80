import assert from "node:assert/strict"
import fs from "node:fs"
import path from "node:path"

import { ROOT } from "./paths.mjs"

const NEEDED = [
  "package.json", "README.md", "LICENSE", "CHANGELOG.md", "SECURITY.md",
  ".medusa/server/src/modules/privacy/index.js",
  ".medusa/server/src/modules/privacy/migrations/Migration20261122053653.js",
  ".medusa/server/src/api/middlewares.js",
  ".medusa/server/src/workflows/index.js", ".medusa/server/src/workflows/index.d.ts",
  ".medusa/server/src/scripts/verify-audit.js",
  ".medusa/server/src/admin/index.js", ".medusa/server/src/admin/index.mjs",
]

const ALLOWED = /^(\.medusa\/server\/src\/|docs\/|benchmarks\/RESULTS\.md$|[A-Z]+\.md$|LICENSE$|package\.json$)/
const FORBIDDEN = /(^|\/)(__tests__|integration-tests|demo|scripts\/lib|node_modules)\/|\.spec\.|\.stamp$|\.log$|\.tgz$/

/** @throws AssertionError where the package lacks a file, or has one that is not a store's business */
export function checkFiles(files) {
  assert.deepEqual(NEEDED.filter((file) => !files.includes(file)), [], "the package lacks files")
  assert.deepEqual(files.filter((file) => FORBIDDEN.test(file) || !ALLOWED.test(file)), [], "the package holds what no store needs")
}

/** @param folder the unpacked package. @throws AssertionError where a file names a place on this machine */
export function checkPlaces(folder, files) {
  const naming = files.filter((file) => /\.(js|mjs|ts|json|md)$/.test(file) && fs.readFileSync(path.join(folder, file), "utf8").includes(ROOT))
  assert.deepEqual(naming, [], "the package names a place on the machine it was packed on")
}

/** @param folder the unpacked package. @throws AssertionError where a page of the package links to what is not in it */
export function checkLinks(folder, files) {
  const broken = files
    .filter((file) => file.endsWith(".md"))
    .flatMap((file) => linksOf(fs.readFileSync(path.join(folder, file), "utf8")).map((link) => ({ file, link })))
    .filter(({ file, link }) => !fs.existsSync(path.join(folder, path.dirname(file), decodeURIComponent(link))))
  assert.deepEqual(broken.map(({ file, link }) => `${file} → ${link}`), [], "pages of the package link to what is not in it")
}

/** Targets of the relative links of a page, without anchors; code blocks hold none. */
function linksOf(page) {
  const text = page.replace(/^```[^]*?^```/gm, "").replace(/`[^`\n]*`/g, "")
  const targets = [...text.matchAll(/\]\(\s*<?([^)\s>]+)/g), ...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, target]) => target)
  return targets.filter((target) => !/^([a-z][a-z+.-]*:|#|\/\/)/i.test(target)).map((target) => target.split("#")[0])
}
