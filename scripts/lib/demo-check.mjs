import { PlainError } from "./plain-error.mjs"

/**
 * Erased and searched for. The seed gives her orders, a return, a refund and a note with her name; nobody else's data holds these words.
 */
const ERASED = {
  email: "yara.haddad@example.com",
  traces: {
    "the first name": String.raw`\mYara\M`,
    "the last name": String.raw`\mHaddad\M`,
    "the address": "5 place Bellecour",
    "the e-mail address": String.raw`yara\.haddad@`,
    "the telephone number": "33475550105",
  },
}

/** Extracted: what her archive must hold. */
const EXTRACTED = { email: "emma.jones@example.com", holds: ["emma.jones@example.com", "Jones", "501 Pine Street"] }

const WITHIN = 120_000

/**
 * Does in a freshly seeded store what the plugin is for, over its HTTP API: erases one customer and looks through the whole database for
 * what is left, then extracts another and opens the archive.
 *
 * @returns the result in one line
 * @throws PlainError with the reason when anything is not as it must be
 */
export async function checkDemo({ storeUrl, databaseUrl, admin }) {
  const store = await login(storeUrl, admin)
  await expectAdmin(storeUrl)
  const database = await connect(databaseUrl)
  try {
    const erased = await checkErasure(store, database)
    const extracted = await checkExtract(store)
    return `Checked: ${erased.traces} traces of one customer in ${erased.tables} tables, none after the erasure; ${extracted.files} files in the extract of another.`
  } finally {
    await database.end()
  }
}

async function checkErasure(store, database) {
  const customer = await customerBy(store, ERASED.email)
  const before = await search(database)
  for (const trace of Object.keys(ERASED.traces)) {
    expect(before.some((found) => found.trace === trace), `the search does not find ${trace} of the customer before the erasure`)
  }
  const refused = await store.send("POST", `/admin/customers/${customer.id}/anonymize`, { email: `not-${ERASED.email}` })
  expect(refused.status === 400, `an erasure with another e-mail address than the customer's was answered with ${refused.status}`)

  const { privacy_request: request } = await store.ok("POST", `/admin/customers/${customer.id}/anonymize`, { email: ERASED.email })
  const { status, totals } = await finished(store, request.id)
  expect(status === "complete" && totals.complete === 1, `the erasure ended as "${status}" with ${JSON.stringify(totals)}`)

  const [left] = await search(database)
  expect(!left, left && `${left.trace} is still in ${left.rows} rows of ${left.table} after the erasure`)
  return { traces: before.reduce((sum, { rows }) => sum + rows, 0), tables: new Set(before.map(({ table }) => table)).size }
}

async function checkExtract(store) {
  const customer = await customerBy(store, EXTRACTED.email)
  const { privacy_request: request } = await store.ok("POST", `/admin/customers/${customer.id}/extract`, { format: "json" })
  const { status } = await finished(store, request.id)
  expect(status === "complete", `the extract ended as "${status}"`)
  const { files } = await store.ok("GET", `/admin/privacy-requests/${request.id}/files`)
  const ready = files.filter((file) => file.status === "ready")
  expect(ready.length === 1, `the extract has ${ready.length} archives that are ready, not one`)

  const archive = await unzip(await store.download(`/admin/privacy-requests/${request.id}/files/${ready[0].id}/download`))
  const text = [...archive.values()].join("\n")
  for (const word of EXTRACTED.holds) {
    expect(text.includes(word), `the archive of the extract holds nothing of the customer it is about`)
  }
  return { files: archive.size }
}

/** Every table of every schema, each row as text: also JSON, arrays and what the plugin and its job queue keep. */
async function search(database) {
  const { rows: tables } = await database.query(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'm') AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%' ORDER BY 1`
  )
  const found = []
  for (const { name: table } of tables) {
    for (const [trace, pattern] of Object.entries(ERASED.traces)) {
      const { rows } = await database.query(`SELECT count(*)::int AS rows FROM ${table} AS t WHERE t::text ~* $1`, [pattern])
      if (rows[0].rows) {
        found.push({ table, trace, rows: rows[0].rows })
      }
    }
  }
  return found
}

async function expectAdmin(storeUrl) {
  const response = await fetch(`${storeUrl}/app`, { signal: AbortSignal.timeout(WITHIN) })
  const page = await response.text()
  expect(response.ok && page.includes("<script"), `the admin's page answered ${response.status}, without the admin`)
}

async function login(url, admin) {
  const { token } = await client(url).ok("POST", "/auth/user/emailpass", admin)
  return client(url, { authorization: `Bearer ${token}` })
}

function client(url, headers = {}) {
  const request = (method, path, body) =>
    fetch(url + path, {
      method,
      headers: { ...headers, ...(body ? { "content-type": "application/json" } : {}) },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(WITHIN),
    })
  /** Without the query, in which an address may stand. */
  const named = (method, path) => `${method} ${path.split("?")[0]}`
  return {
    send: request,
    ok: async (method, path, body) => {
      const response = await request(method, path, body)
      const text = await response.text()
      expect(response.ok, `${named(method, path)} was answered with ${response.status}: ${text.slice(0, 200)}`)
      return JSON.parse(text)
    },
    download: async (path) => {
      const response = await request("GET", path)
      expect(response.ok, `${named("GET", path)} was answered with ${response.status}`)
      return Buffer.from(await response.arrayBuffer())
    },
  }
}

async function customerBy(store, email) {
  const { customers } = await store.ok("GET", `/admin/customers?email=${encodeURIComponent(email)}`)
  expect(customers.length === 1, `the seeded store has ${customers.length} customers of an address that belongs to one`)
  return customers[0]
}

async function finished(store, id) {
  const until = Date.now() + WITHIN
  for (;;) {
    const { privacy_request: request } = await store.ok("GET", `/admin/privacy-requests/${id}`)
    if (["complete", "failed", "canceled"].includes(request.status)) {
      return request
    }
    expect(Date.now() < until, `request ${id} is still "${request.status}" after ${WITHIN / 1000} seconds`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** Names and contents of a zip's files; the reader checks names, sizes and checksums. */
async function unzip(bytes) {
  const { default: yauzl } = await import("yauzl")
  return await new Promise((resolve, reject) => {
    const refuse = (error) => reject(new PlainError(`The check failed: the archive of the extract cannot be opened: ${error.message}`))
    yauzl.fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) {
        return refuse(error)
      }
      const files = new Map()
      zip.on("error", refuse).on("end", () => resolve(files))
      zip.on("entry", (entry) =>
        zip.openReadStream(entry, (failure, stream) => {
          if (failure) {
            return refuse(failure)
          }
          const parts = []
          stream.on("error", refuse).on("data", (part) => parts.push(part))
          stream.on("end", () => {
            files.set(entry.fileName, Buffer.concat(parts).toString("utf8"))
            zip.readEntry()
          })
        })
      )
      zip.readEntry()
    })
  })
}

async function connect(url) {
  const { default: pg } = await import("pg")
  const database = new pg.Client({ connectionString: url })
  await database.connect()
  return database
}

function expect(isTrue, reason) {
  if (!isTrue) {
    throw new PlainError(`The check failed: ${reason}.`)
  }
}
