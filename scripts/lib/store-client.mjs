import { OWNER } from "./fresh-store.mjs"

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Waits until a question is answered with something true, and gives the answer. */
export async function until(what, ask, within = 90_000) {
  const end = Date.now() + within
  for (;;) {
    const answer = await ask()
    if (answer) {
      return answer
    }
    if (Date.now() > end) {
      throw new Error(`Waited ${within / 1000} seconds in vain for this: ${what}`)
    }
    await pause(200)
  }
}

/** The admin's API of a running store, as its owner. */
export class StoreClient {
  constructor(url, token, headers = {}) {
    this.url = url
    this.token = token
    this.headers = { ...headers, ...(token ? { authorization: `Bearer ${token}` } : {}) }
  }

  /** The same store as another caller. */
  as(token) {
    return new StoreClient(this.url, token, this.headers)
  }

  static async login(url) {
    const { token } = await new StoreClient(url).post("/auth/user/emailpass", OWNER)
    return new StoreClient(url, token)
  }

  get = (path) => this.send("GET", path)
  post = (path, body) => this.send("POST", path, body)

  /** @throws Error on an answer that is no success */
  async send(method, path, body) {
    const response = await fetch(this.url + path, {
      method,
      headers: { "content-type": "application/json", ...this.headers },
      body: body && JSON.stringify(body),
    })
    const text = await response.text()
    if (!response.ok) {
      throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`)
    }
    return JSON.parse(text)
  }

  async download(path) {
    const response = await fetch(this.url + path, { headers: this.headers })
    if (!response.ok) {
      throw new Error(`GET ${path} answered ${response.status}`)
    }
    return Buffer.from(await response.arrayBuffer())
  }

  async newCustomer(email, rest = {}) {
    const { customer } = await this.post("/admin/customers", { email, first_name: "Carla", last_name: "Canary", phone: "+49 30 555 0199", ...rest })
    return customer
  }

  /** Waits until a request has come to its end, and gives it. */
  finished(id) {
    return until(`request ${id} comes to its end`, async () => {
      const { privacy_request: request } = await this.get(`/admin/privacy-requests/${id}`)
      return ["complete", "failed", "canceled", "stopped"].includes(request.status) && request
    })
  }

  /** Anonymises a customer as the customer page does, and waits for the end. */
  async erase(customer, choices = {}) {
    const { privacy_request: request } = await this.post(`/admin/customers/${customer.id}/anonymize`, { email: customer.email, ...choices })
    return await this.finished(request.id)
  }

  /** Files a list of addresses as the admin does: shown first, then started under what was shown. */
  async bulk(fields, identifiers) {
    const body = { type: "erasure", identifier_type: "email", identifiers, ...fields }
    const { preview } = await this.post("/admin/privacy-requests/preview", body)
    const { privacy_request: request } = await this.post("/admin/privacy-requests", { ...body, plan_hash: preview.plan_hash, confirm: preview.subjects })
    return await this.finished(request.id)
  }
}
