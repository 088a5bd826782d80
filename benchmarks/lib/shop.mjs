import { demoAccounts } from "../../scripts/lib/demo-store.mjs"
import { startStore } from "../../scripts/lib/store-process.mjs"
import { log } from "./places.mjs"
import { until } from "./measure.mjs"

/** A running store on a database, with an officer logged in and a connection of our own to look behind the API. */
export async function openShop(databaseUrl, { name, env = {} }) {
  const store = await startStore({ databaseUrl, log: log(`store-${name}`), env })
  const database = await connect(databaseUrl)
  const { token } = await send(`${store.url}/auth/user/emailpass`, { method: "POST", json: demoAccounts().admin })
  const officer = (path, options = {}) => send(store.url + path, { ...options, headers: { authorization: `Bearer ${token}` } })
  return {
    store,
    database,
    officer,
    close: async () => {
      await database.end()
      await store.stop()
    },
  }
}

/** A client of a database. */
export async function connect(url) {
  // Not at the top: a benchmark reads this file before it has installed any package.
  const { default: pg } = await import("pg")
  const client = new pg.Client({ connectionString: url })
  // A server that stops ends its sessions; without a listener that is an uncaught error.
  client.on("error", () => {})
  await client.connect()
  return client
}

/** Uploads a list as an officer does: one identifier a line. */
export function upload(shop, path, identifiers, fields) {
  const form = new FormData()
  Object.entries({ type: "erasure", ...fields }).forEach(([key, value]) => form.append(key, String(value)))
  form.append("file", new Blob([identifiers.join("\n")], { type: "text/plain" }), "list.txt")
  return shop.officer(path, { method: "POST", body: form })
}

/** Files a bulk erasure by upload and gives the id of the request. */
export async function fileErasure(shop, customers) {
  const fields = { identifier_type: "customer_id", confirm: customers.length }
  const { privacy_request } = await upload(shop, "/admin/privacy-requests/upload", customers, fields)
  return privacy_request.id
}

/** Waits for the end of a request and gives its time in milliseconds from start to end by the database's clock. */
export async function finished(shop, id) {
  const { milliseconds, complete } = await until(
    async () => {
      const { rows } = await shop.database.query(
        `SELECT extract(epoch FROM completed_at - started_at)::float * 1000 AS milliseconds,
           (SELECT count(*)::int FROM privacy_subject AS s WHERE s.request_id = r.id AND s.status = 'complete') AS complete
         FROM privacy_request AS r WHERE id = $1 AND completed_at IS NOT NULL`,
        [id]
      )
      return rows[0]
    },
    { within: 3_600_000, what: `The end of request ${id}` }
  )
  return { milliseconds, complete }
}

async function send(url, { method = "GET", json, body, headers = {} } = {}) {
  const response = await fetch(url, {
    method,
    headers: { ...(json ? { "content-type": "application/json" } : {}), ...headers },
    body: json ? JSON.stringify(json) : body,
  })
  const text = await response.text()
  if (!response.ok) {
    throw new Error(`${method} ${new URL(url).pathname} answered ${response.status}: ${text.slice(0, 500)}`)
  }
  return JSON.parse(text)
}
