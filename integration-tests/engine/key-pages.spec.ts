import { listAudit } from "../../src/modules/privacy/audit/list"
import type { KeyPage, KeyPaged } from "../../src/modules/privacy/database/key-page"
import type { Session } from "../../src/modules/privacy/database/session"
import { listDeliveries, type DeliveryFilters } from "../../src/modules/privacy/deliveries/list"
import { openEngine, type Engine } from "../support/engine"
import { watchReads, type ReadStatement } from "../support/rows-read"

const ROWS = 100_000
const LIMIT = 20

let engine: Engine
let statementsSince: () => ReadStatement[]

beforeAll(async () => {
  engine = await openEngine({ name: "key_pages" })
  await engine.database.rows(
    `INSERT INTO privacy_delivery (id, request_id, subject_id, destination, lane, webhook_id, event, payload, status, created_at)
     SELECT 'prvdel_01' || lpad(n::text, 24, '0'), 'prvreq_' || n % 500, 'prvsub_' || n, d.destination, d.destination,
       CASE WHEN d.destination = 'webhook' THEN 'prvwh_1' END, 'refresh', '{}',
       CASE WHEN n % 20000 = 7 THEN 'failed' ELSE 'sent' END, now() - make_interval(secs => ${ROWS} - n)
     FROM generate_series(1, ${ROWS}) AS n
     CROSS JOIN LATERAL (SELECT CASE WHEN n < 100 THEN 'webhook' WHEN n % 3 = 0 THEN 'event_bus' WHEN n % 3 = 1 THEN 'copies' ELSE 'workflow' END AS destination) AS d`
  )
  await engine.database.rows(
    `INSERT INTO privacy_audit_entry (id, action, actor_type, created_at)
     SELECT 'prvaud_01' || lpad(n::text, 24, '0'), 'erasure.completed', 'system', now() FROM generate_series(1, ${ROWS}) AS n`
  )
  await engine.database.rows("ANALYZE privacy_delivery, privacy_audit_entry")
  statementsSince = watchReads(engine.connection)
})

afterAll(() => engine?.close())

type List = (session: Session, page: KeyPage) => Promise<KeyPaged<{ id: string }>>

const deliveries = (filters: DeliveryFilters): List => (session, page) => listDeliveries(session, filters, page)

const LISTS: [string, List][] = [
  ["the audit log", listAudit],
  ["all deliveries", deliveries({})],
  ["failed deliveries", deliveries({ status: "failed" })],
  ["deliveries to one destination", deliveries({ destination: "webhook" })],
  ["deliveries of one webhook", deliveries({ webhook_id: "prvwh_1" })],
  ["deliveries of one request", deliveries({ request_id: "prvreq_3" })],
  ["overdue deliveries", deliveries({ overdue: true })],
]

const read = (list: List, page: KeyPage) => engine.transaction((session) => list(session, page))

/** Every row of a list, page after page. */
async function walk(list: List, limit: number, most = Infinity, between?: () => Promise<unknown>): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const { rows, next } = await read(list, { limit, cursor })
    ids.push(...rows.map(({ id }) => id))
    cursor = next ?? undefined
    await between?.()
  } while (cursor && ids.length < most)
  return ids
}

describe("a list of a hundred thousand rows", () => {
  it.each(LISTS)("reads and sorts no more than a page of %s, first or later", async (_, list) => {
    const first = await read(list, { limit: LIMIT })
    const later = first.next ? await read(list, { limit: LIMIT, cursor: first.next }) : first
    const statements = statementsSince().filter(({ text }) => /privacy_(delivery|audit_entry)/.test(text))

    expect(statements.length).toBeGreaterThan(1)
    for (const { rows, nodes } of statements) {
      // What is sorted is among the rows that were read.
      expect(nodes.filter((node) => /^Seq Scan privacy_(delivery|audit_entry)/.test(node))).toEqual([])
      expect(rows).toBeLessThan(2000)
    }
    expect(later.rows.length).toBeLessThanOrEqual(LIMIT)
  })

  it("has the newest first, and every row once, whatever the size of a page", async () => {
    const request = deliveries({ request_id: "prvreq_3", destination: "copies" })
    const all = await walk(request, 200)
    expect(all).toEqual([...new Set(all)].sort().reverse())
    expect(await walk(request, 7)).toEqual(all)
    const count = await engine.database.row("SELECT count(*)::int AS n FROM privacy_delivery WHERE request_id = 'prvreq_3' AND destination = 'copies'")
    expect(all).toHaveLength(count.n)
  })

  it("neither moves nor repeats a row while rows are added", async () => {
    const before = (await walk(listAudit, 50, 400)).slice(0, 400)
    let added = 0
    const during = await walk(listAudit, 50, 400, async () => {
      added += 1
      await engine.database.rows(
        `INSERT INTO privacy_audit_entry (id, action, actor_type) SELECT 'prvaud_02' || lpad((${added} * 100 + n)::text, 24, '0'), 'request.started', 'system'
         FROM generate_series(1, 30) AS n`
      )
      await engine.database.rows("SELECT 1")
    })
    expect(during.slice(0, 400)).toEqual(before)
    expect((await read(listAudit, { limit: 1 })).rows[0].id).toMatch(/^prvaud_02/)
  })

  it("is estimated, and counted exactly where it fits on one page", async () => {
    const { estimate_count } = await read(listAudit, { limit: LIMIT })
    expect(Math.abs(estimate_count - ROWS) / ROWS).toBeLessThan(0.2)
    expect((await read(deliveries({ status: "failed" }), { limit: LIMIT })).estimate_count).toBe(5)
    expect(await read(deliveries({ request_id: "prvreq_none" }), { limit: LIMIT })).toEqual({ rows: [], next: null, estimate_count: 0 })
  })

  it.each(["nonsense", "", "bnVsbA", Buffer.from('["a","b"]').toString("base64url"), Buffer.from("[1]").toString("base64url"), `${Buffer.from('["x"]').toString("base64url")}=`])(
    "refuses a cursor that no page gave out: %s",
    async (cursor) => {
      await expect(read(listAudit, { limit: LIMIT, cursor })).rejects.toMatchObject({ type: "invalid_data" })
    }
  )
})
