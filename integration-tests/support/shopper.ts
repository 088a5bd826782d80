import { ok, type Http } from "./http"
import type { TestStore } from "./test-store"

export const PASSWORD = "correct horse battery staple"

export interface Shopper {
  id: string
  email: string
  token: string
  http: Http
}

let count = 0

/** An address nobody else in the test run has. */
export const newEmail = (name = "shopper") => `${name}.${process.pid}.${Date.now()}.${(count += 1)}@example.com`

/** Registers a customer through the store API, with a password, and logs in. */
export async function register(store: TestStore, profile: { email?: string; first_name?: string; last_name?: string; phone?: string } = {}): Promise<Shopper> {
  const { email = newEmail(), ...rest } = profile
  const { token: registration } = await ok(store.shop.post("/auth/customer/emailpass/register", { email, password: PASSWORD }))
  const { customer } = await ok(store.shop.as(registration).post("/store/customers", { email, ...rest }))
  const { token } = await ok(store.shop.post("/auth/customer/emailpass", { email, password: PASSWORD }))
  return { id: customer.id, email, token, http: store.shop.as(token) }
}
