import { MedusaError } from "@medusajs/framework/utils"
import type { Session } from "./session"

/** The part of a long list that is asked for: it goes on behind the row that `cursor` names. */
export interface KeyPage {
  limit: number
  cursor?: string
}

/** A page of a long list. The list is not counted: reading all of it would take longer than anything else on the page. */
export interface KeyPaged<Row> {
  rows: Row[]
  /** Where the next page begins; null on the last. */
  next: string | null
  /** Rows in all as the planner takes them; exact where the first page holds them all. */
  estimate_count: number
}

/** Base64 in an address, so that nobody builds on what is in it. */
const toCursor = (id: string) => Buffer.from(JSON.stringify([id])).toString("base64url")

/** @throws MedusaError INVALID_DATA for a cursor that no page gave out */
function fromCursor(cursor: string): string {
  try {
    const [id, ...rest] = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as unknown[]
    if (typeof id === "string" && id !== "" && !rest.length && toCursor(id) === cursor) {
      return id
    }
  } catch {
    // Told below.
  }
  throw new MedusaError(MedusaError.Types.INVALID_DATA, "Invalid request: cursor: is not the `next` of a page of this list.")
}

/** A list by which rows are found: newest first, by ids that begin with their time. */
export interface KeyList {
  /** FROM item with an alias. */
  from: string
  /** Condition over that alias; `$1`, `$2` … are `values`. */
  where: string
  values: unknown[]
  /** The rows' id, with the alias. */
  id: string
}

/**
 * Reads the ids of one page by the key, so that a page costs the same wherever it is, and rows that are added meanwhile neither move nor repeat a row.
 */
export async function readKeyPage(session: Session, { from, where, values, id }: KeyList, { limit, cursor }: KeyPage): Promise<KeyPaged<string>> {
  const after = cursor === undefined ? null : fromCursor(cursor)
  const behind = after === null ? "" : ` AND ${id} < $${values.length + 1}`
  const parameters = after === null ? values : [...values, after]
  const { rows } = await session.run<{ id: string }>(
    `SELECT ${id} AS id
     FROM ${from}
     WHERE ${where}${behind}
     ORDER BY ${id} DESC
     LIMIT ${limit + 1}`,
    parameters
  )
  const ids = rows.slice(0, limit).map((row) => row.id)
  const more = rows.length > limit
  const isWhole = !more && after === null
  return {
    rows: ids,
    next: more ? toCursor(ids[ids.length - 1]) : null,
    estimate_count: isWhole ? ids.length : Math.max(ids.length, await estimate(session, from, where, values)),
  }
}

/** What the planner expects: it looks at its statistics, and at no row. */
async function estimate(session: Session, from: string, where: string, values: unknown[]): Promise<number> {
  const { rows } = await session.run<{ "QUERY PLAN": { Plan: { "Plan Rows": number } }[] }>(`EXPLAIN (FORMAT JSON) SELECT FROM ${from} WHERE ${where}`, values)
  return rows[0]["QUERY PLAN"][0].Plan["Plan Rows"]
}
