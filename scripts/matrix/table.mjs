/** The results as a table in Markdown. */
export function tableOf(results) {
  const rows = results.map((cell) => [
    cell.name, cell.medusa, cell.node, cell.postgres.replace(/-.*/, ""), cell.locale, cell.schema ?? "public",
    cell.pooled ? "pgbouncer, transaction mode" : "direct", cell.passed ? "passed" : "FAILED", `${cell.seconds} s`,
  ])
  const line = (cells) => `| ${cells.join(" | ")} |`
  return [line(HEAD), line(HEAD.map(() => "---")), ...rows.map(line)].join("\n")
}

const HEAD = ["cell", "Medusa", "Node", "Postgres", "locale", "schema", "connection", "result", "time"]
