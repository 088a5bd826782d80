import fs from "node:fs"

const HEADINGS = ["row", "figure", "against", "ratio", "budget", ""]

const cells = ({ row, figure, against, ratio, budget, met }) => [
  row,
  figure,
  against,
  ratio === undefined ? "" : `${ratio.toFixed(ratio < 10 ? 2 : 0)} ×`,
  budget,
  met === undefined ? "" : met ? "met" : "MISSED",
]

/** Prints the table on the terminal. */
export function printReport({ rows, machine, minutes }) {
  const table = [HEADINGS, ...rows.map(cells)]
  const widths = HEADINGS.map((_, column) => Math.max(...table.map((line) => line[column].length)))
  console.log(`\n${table.map((line) => line.map((cell, column) => cell.padEnd(widths[column])).join("  ")).join("\n")}`)
  console.log(`\n${machine}; ${minutes.toFixed(1)} minutes`)
}

/** Writes the table as the latest results. */
export function writeReport(file, { rows, indexes, customers, machine, minutes }) {
  const line = (texts) => `| ${texts.join(" | ")} |`
  const text = [
    "# Results of `npm run bench`",
    "",
    "Compare ratios, not times: both sides of a row were measured in one run on one machine, which may have had other work to do.",
    "",
    `${machine}. A store of ${customers.toLocaleString("en")} customers. ${minutes.toFixed(0)} minutes.`,
    "",
    line(HEADINGS),
    line(HEADINGS.map(() => "---")),
    ...rows.map((row) => line(cells(row))),
    "",
    ...(indexes.length ? ["## Indexes the plugin offers for this schema", "", "```sql", ...indexes.filter(({ statement }) => statement).map(({ statement }) => `${statement};`), "```", ""] : []),
  ]
  fs.writeFileSync(file, text.join("\n"))
}
