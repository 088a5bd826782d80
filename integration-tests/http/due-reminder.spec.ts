import accounts from "../../demo/accounts.json"
import { Database } from "../support/database"
import { copyTemplate, startTestStore, type TestStore } from "../support/test-store"
import { until } from "../support/until"

let store: TestStore
let officer: string

/** A request that was stopped and forgotten, in the database of a store that was down meanwhile. */
beforeAll(async () => {
  const databaseUrl = await copyTemplate("store_due_reminder")
  const database = await Database.connect(databaseUrl)
  officer = (await database.row<{ id: string }>(`SELECT id FROM "user" WHERE email = $1`, [accounts.admin.email])).id
  await database.rows(
    `INSERT INTO privacy_request (id, reference, type, method, status, origin, requested_by, requested_by_type, due_at)
     VALUES ('prvreq_due', 'PR-DUE', 'erasure', 'anonymize', 'stopped', 'bulk', $1, 'user', now() + interval '9 days')`,
    [officer]
  )
  await database.close()
  store = await startTestStore({ name: "due_reminder", databaseUrl, options: { due_reminder_days: 10 } })
})

afterAll(() => store?.stop())

const bell = () =>
  store.database.rows<{ to: string; data: { title: string; description: string } }>(
    `SELECT "to", data FROM notification WHERE channel = 'feed' AND data ->> 'title' LIKE '%PR-DUE%'`
  )

it("rings the bell of whoever filed the request, once, by the days of the option", async () => {
  await until(async () => (await bell()).length > 0)
  const [{ to, data }] = await bell()
  expect(to).toBe(officer)
  expect(data.title).toBe("Privacy request PR-DUE")
  expect(data.description).toMatch(/^Is due on \d{4}-\d\d-\d\d \(UTC\) and not settled yet\. Work it off, or extend it with a reason\.$/)
  // As the dashboard asks for it.
  const { body } = await store.officer.get(`/admin/notifications?channel=feed&to[]=${officer}&to[]=`)
  expect(body.notifications.filter(({ data: shown }: { data: { title: string } }) => shown.title.includes("PR-DUE"))).toHaveLength(1)
})
