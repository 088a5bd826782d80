import type { Knex } from "@medusajs/framework/mikro-orm/knex"

interface PlanNode {
  "Node Type": string
  "Relation Name"?: string
  "Actual Rows"?: number
  "Actual Loops"?: number
  "Rows Removed by Filter"?: number
  "Rows Removed by Join Filter"?: number
  "Rows Removed by Index Recheck"?: number
  Plans?: PlanNode[]
}

/** One statement as it ran. */
export interface ReadStatement {
  text: string
  /** Rows that its plan nodes handed on or dismissed, over all their loops. */
  rows: number
  /** Kinds of its plan nodes, with the table of a scan: "Seq Scan cart". */
  nodes: string[]
}

interface RawConnection {
  query(text: string): Promise<unknown>
  on(event: "notice", heard: (notice: { message?: string }) => void): void
}

const WATCH = `LOAD 'auto_explain';
  SET auto_explain.log_min_duration = 0; SET auto_explain.log_analyze = on; SET auto_explain.log_timing = off; SET auto_explain.log_format = json;
  SET auto_explain.log_nested_statements = on; SET auto_explain.log_level = notice`

const rowsOf = (node: PlanNode): number =>
  ((node["Actual Rows"] ?? 0) + (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Join Filter"] ?? 0) +
    (node["Rows Removed by Index Recheck"] ?? 0)) * (node["Actual Loops"] ?? 0) +
  (node.Plans ?? []).reduce((sum, child) => sum + rowsOf(child), 0)

const nodesOf = (node: PlanNode): string[] => [[node["Node Type"], node["Relation Name"]].filter(Boolean).join(" "), ...(node.Plans ?? []).flatMap(nodesOf)]

/**
 * Has the database say of every statement that goes over the connection pool what it read, as `EXPLAIN (ANALYZE)` would: measured by counts, so that
 * the speed of the machine does not matter.
 *
 * @returns the statements since the last call
 */
export function watchReads(connection: Knex): () => ReadStatement[] {
  const pool = connection.client as unknown as { acquireConnection(): Promise<RawConnection> }
  const acquire = pool.acquireConnection.bind(pool)
  const watched = new WeakSet<RawConnection>()
  let statements: ReadStatement[] = []
  pool.acquireConnection = async () => {
    const raw = await acquire()
    if (!watched.has(raw)) {
      watched.add(raw)
      raw.on("notice", ({ message = "" }) => {
        const [, json] = /plan:\s*(\{[\s\S]*\})\s*$/.exec(message) ?? []
        if (json) {
          const { "Query Text": text, Plan: plan } = JSON.parse(json) as { "Query Text": string; Plan: PlanNode }
          // An EXPLAIN of ours plans, and reads nothing.
          if (plan["Actual Rows"] !== undefined) {
            statements.push({ text, rows: rowsOf(plan), nodes: nodesOf(plan) })
          }
        }
      })
      await raw.query(WATCH)
    }
    return raw
  }
  return () => {
    const seen = statements
    statements = []
    return seen
  }
}
