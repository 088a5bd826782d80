import assert from "node:assert/strict"

import { StoreClient } from "../lib/store-client.mjs"

const PASSWORD = "correct horse battery staple"

/** Words of the people of a cell: nothing else in a store has them. ASCII letters only. */
const WORD = "Qzyx"

/**
 * What every cell of the matrix must do, against a running store and its database: erasures of one and of many by both methods,
 * holds, an extract, a search for what should be gone.
 *
 * @param options.query runs a statement in the store's database, with the store's schema first in the search path
 */
export async function runCore({ url, query }) {
  const core = new Core(await StoreClient.login(url), query)
  await core.prepare()
  await core.anonymizeOne()
  await core.deleteOne()
  await core.extractOne()
  await core.eraseList()
  await core.nothingIsLeft()
  await core.bystanderIsAsBefore()
}

class Core {
  constructor(client, query) {
    this.client = client
    this.query = query
    this.people = 0
    this.gone = []
  }

  /** A shop that somebody can register and order in. */
  async prepare() {
    const { region } = await this.client.post("/admin/regions", { name: "Europe", currency_code: "eur", countries: ["de"] })
    const { sales_channel: channel } = await this.client.post("/admin/sales-channels", { name: "Web" })
    const { api_key: key } = await this.client.post("/admin/api-keys", { title: "Web", type: "publishable" })
    await this.client.post(`/admin/api-keys/${key.id}/sales-channels`, { add: [channel.id] })
    Object.assign(this, { region: region.id, channel: channel.id })
    this.shop = new StoreClient(this.client.url, undefined, { "x-publishable-api-key": key.token })
    this.bystander = await this.person()
    this.before = await this.rowsOf(this.bystander)
    const { data_map: map } = await this.client.get("/admin/privacy-data-map")
    assert.deepEqual(map.coverage.unclassified, [], "columns that nobody classified")
  }

  /** Somebody with a login, addresses, a cart and a draft order. */
  async person() {
    const word = `${WORD}${(this.people += 1)}x`
    const email = `${word.toLowerCase()}@shop.example`
    const address = { first_name: word, last_name: `${word}son`, address_1: `${word} Street 1`, city: "Berlin", country_code: "de", postal_code: "10115", phone: `+49 30 ${word}` }
    const { token: registration } = await this.shop.post("/auth/customer/emailpass/register", { email, password: PASSWORD })
    const { customer } = await this.shop.as(registration).post("/store/customers", { email, first_name: word, last_name: `${word}son`, phone: address.phone })
    const { token } = await this.shop.post("/auth/customer/emailpass", { email, password: PASSWORD })
    await this.shop.as(token).post("/store/customers/me/addresses", address)
    await this.shop.as(token).post("/store/carts", { email, region_id: this.region, shipping_address: address })
    const { draft_order: order } = await this.client.post("/admin/draft-orders", {
      email,
      customer_id: customer.id,
      region_id: this.region,
      sales_channel_id: this.channel,
      shipping_address: address,
      metadata: { note: `for ${word}` },
    })
    return { id: customer.id, email, word, order: order.id }
  }

  async anonymizeOne() {
    const person = await this.person()
    const { customer_privacy: page } = await this.client.get(`/admin/customers/${person.id}/privacy`)
    assert(page.footprint.length > 3, "the customer page shows no footprint")
    assert.equal((await this.client.erase(person)).status, "complete")
    await assert.rejects(this.shop.post("/auth/customer/emailpass", { email: person.email, password: PASSWORD }), /401/, "the login still works")
    const [row] = await this.query(`SELECT email FROM customer WHERE id = $1`, [person.id])
    assert.match(row.email, /\.invalid$/)
    const [order] = await this.query(`SELECT customer_id FROM "order" WHERE id = $1`, [person.order])
    assert.equal(order.customer_id, person.id, "the order of an anonymised customer left the customer")
    this.gone.push(person)
  }

  async deleteOne() {
    const person = await this.person()
    assert.equal((await this.client.erase(person, { method: "delete" })).status, "complete")
    assert.deepEqual(await this.query(`SELECT id FROM customer WHERE id = $1`, [person.id]), [])
    assert.equal((await this.query(`SELECT id FROM "order" WHERE id = $1`, [person.order])).length, 1)
    this.gone.push(person)
  }

  async extractOne() {
    const person = await this.person()
    const { privacy_request: filed } = await this.client.post(`/admin/customers/${person.id}/extract`, { format: "json" })
    assert.equal((await this.client.finished(filed.id)).status, "complete")
    const { files } = await this.client.get(`/admin/privacy-requests/${filed.id}/files`)
    const bytes = await this.client.download(`/admin/privacy-requests/${filed.id}/files/${files[0].id}/download`)
    const names = await namesInZip(bytes)
    assert(names.some((name) => name.includes(person.word.toLowerCase())), `the archive has no file of the customer: ${names.join(", ")}`)
  }

  /** A list with a held customer, an unknown and a repeated address; the held one after the hold's release. */
  async eraseList() {
    const [one, two, held] = [await this.person(), await this.person(), await this.person()]
    await this.client.post(`/admin/customers/${held.id}/legal-hold`, { reason: "Dispute" })
    const lines = [one.email, two.email.toUpperCase(), held.email, one.email, "nobody@shop.example"]
    const { preview } = await this.client.post("/admin/privacy-requests/preview", { type: "erasure", identifier_type: "email", identifiers: lines })
    const { matched, not_found, duplicate, held: shown } = preview
    assert.deepEqual({ matched, not_found, duplicate, held: shown.length ?? shown }, { matched: 2, not_found: 1, duplicate: 1, held: 1 })
    const request = await this.client.bulk({}, lines)
    const { complete, held: holding } = request.totals
    assert.deepEqual({ complete, holding }, { complete: 2, holding: 1 })
    assert.equal((await this.query(`SELECT email FROM customer WHERE id = $1`, [held.id]))[0].email, held.email, "a held customer was changed")

    await this.client.send("DELETE", `/admin/customers/${held.id}/legal-hold`)
    await this.client.post(`/admin/privacy-requests/${request.id}/retry`, {})
    assert.equal((await this.client.finished(request.id)).totals.complete, 3)
    this.gone.push(one, two, held)
  }

  /** No word of an erased customer in any table of any schema, the plugin's and the queue's among them. */
  async nothingIsLeft() {
    assert.deepEqual(await this.tablesWith(this.gone.map(({ word }) => word)), [], "something of an erased customer is left")
    assert((await this.tablesWith([this.bystander.word])).length > 3, "the search finds nobody")
  }

  /** In one statement: a cell has some 150 tables. */
  async tablesWith(words) {
    const searches = (await this.query(TABLES)).map(
      ({ name }) => `SELECT '${name.replaceAll("'", "''")}' AS name WHERE EXISTS (SELECT 1 FROM ${name} AS t WHERE t::text ~* $1)`
    )
    return (await this.query(searches.join("\nUNION ALL\n"), [words.join("|")])).map(({ name }) => name)
  }

  async bystanderIsAsBefore() {
    assert.deepEqual(await this.rowsOf(this.bystander), this.before, "somebody else's rows were changed")
  }

  async rowsOf({ word }) {
    const rows = {}
    for (const name of await this.tablesWith([word])) {
      rows[name] = (await this.query(`SELECT t::text AS row FROM ${name} AS t WHERE t::text ILIKE $1 ORDER BY 1`, [`%${word}%`])).map(({ row }) => row)
    }
    return rows
  }
}

const TABLES = `
  SELECT oid::regclass::text AS name
  FROM pg_class
  WHERE relkind IN ('r', 'm')
    AND relpersistence <> 't'
    AND relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace, 'pg_toast'::regnamespace)
  ORDER BY 1`

async function namesInZip(bytes) {
  const { default: yauzl } = await import("yauzl")
  return await new Promise((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) {
        return reject(error)
      }
      const names = []
      zip.on("entry", ({ fileName }) => {
        names.push(fileName)
        zip.readEntry()
      })
      zip.once("end", () => resolve(names))
      zip.once("error", reject)
      zip.readEntry()
    })
  })
}
