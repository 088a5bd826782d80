import fs from "node:fs"
import { isBuiltin } from "node:module"
import path from "node:path"
import ts from "typescript"

const ROOT = path.resolve(__dirname, "../..")

/** The commands that a clone without packages can be asked for. */
const COMMANDS = [...fs.readdirSync(path.join(ROOT, "scripts")).filter((name) => name.endsWith(".mjs")).map((name) => `scripts/${name}`), "benchmarks/run.mjs"]

/** What a file imports and exports from by statements: all of it is loaded before the file's first line runs. */
function staticImports(file: string): string[] {
  const source = ts.createSourceFile(file, fs.readFileSync(file, "utf8"), ts.ScriptTarget.Latest)
  return source.statements.flatMap((statement) =>
    (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) && statement.moduleSpecifier
      ? [(statement.moduleSpecifier as ts.StringLiteral).text]
      : []
  )
}

/** Every file that is loaded with a command, and what they load that is neither a file of this repository nor Node's own. */
function walk(command: string) {
  const files = new Set<string>()
  const foreign: string[] = []
  const visit = (file: string) => {
    if (files.has(file)) {
      return
    }
    files.add(file)
    for (const name of staticImports(file)) {
      if (name.startsWith(".")) {
        visit(path.resolve(path.dirname(file), name))
      } else if (!isBuiltin(name)) {
        foreign.push(`${path.relative(ROOT, file)}: ${name}`)
      }
    }
  }
  visit(path.join(ROOT, command))
  return { files, foreign }
}

it.each(COMMANDS)("%s loads no package before it has installed the packages", (command) => {
  expect(walk(command).foreign).toEqual([])
})

it("The walk reaches what the demo's own files import", () => {
  const names = [...walk("scripts/demo.mjs").files].map((file) => path.basename(file))
  expect(names).toEqual(expect.arrayContaining(["demo.mjs", "webhook-receiver.mjs", "ports.mjs", "postgres-place.mjs"]))
})
