import { ok } from "./http"
import { newEmail } from "./shopper"
import type { TestStore } from "./test-store"

export interface Customer {
  id: string
  email: string
}

/** A customer without an account, made as the admin makes one: the quickest way to have somebody to erase. */
export async function newCustomer(store: TestStore, profile: Record<string, unknown> = {}): Promise<Customer> {
  const { customer } = await ok(
    store.officer.post("/admin/customers", { email: newEmail(), first_name: "Carla", last_name: "Canary", phone: "+49 30 555 0199", ...profile })
  )
  return { id: customer.id, email: customer.email }
}

/** A customer of the seed, by the first part of the address; the account where a guest has the same one. */
export async function storyCustomer(store: Pick<TestStore, "database">, name: string): Promise<Customer> {
  return store.database.row<Customer>(
    "SELECT id, email FROM customer WHERE lower(email) LIKE $1 AND deleted_at IS NULL ORDER BY has_account DESC LIMIT 1",
    [`${name}.%@example.com`]
  )
}
