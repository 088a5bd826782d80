import { ok } from "../../support/http"
import type { TestStore } from "../../support/test-store"
import { openAccount, ordering, type Account, type Shop } from "./life"
import { inventPerson, type Person } from "./person"
import type { Story } from "./story"

/** People who must come out of somebody else's erasure as they went in. */
export interface Others {
  stranger: Account
  flatmate: Account
  dotless: Account
}

export async function othersLive(store: TestStore, shop: Shop, subject: Person): Promise<Others> {
  const flatmate = { ...inventPerson("flatmate"), phone: subject.phone }
  const people = {
    stranger: inventPerson("stranger"),
    // Same door, same telephone.
    flatmate: { ...flatmate, address: { ...subject.address, first_name: flatmate.first_name, last_name: flatmate.last_name } },
    // An address that differs by one dot.
    dotless: { ...inventPerson("dotless"), email: subject.email.replace(".", "") },
  }
  const accounts: Partial<Others> = {}
  for (const [name, person] of Object.entries(people)) {
    accounts[name as keyof Others] = await live(store, shop, person, `LABEL-${name}`)
  }
  await colleague(store)
  return accounts as Others
}

async function live(store: TestStore, shop: Shop, person: Person, label: string): Promise<Account> {
  const { officer } = store
  const does = ordering(store, shop)
  const account = await openAccount(store, person)
  await ok(account.http.post("/store/customers/me", { phone: person.phone, company_name: person.company_name, metadata: { hobby: "birds" } }))
  await ok(account.http.post("/store/customers/me/addresses", person.address))
  await does.buyAndReceive(account.http, person, [{ variant_id: shop.variants["steel-bottle"], quantity: 1, metadata: { for: person.first_name } }], label)
  const cart = await does.fillCart(account.http, person, [{ variant_id: shop.variants["tent"], quantity: 1 }])
  await ok(account.http.post(`/store/carts/${cart}`, { shipping_address: person.address }))
  // Corrected: the first one is an address no cart has any more.
  await ok(account.http.post(`/store/carts/${cart}`, { shipping_address: { ...person.address, address_2: "2nd floor" } }))
  await store.shop.post("/auth/customer/emailpass/reset-password", { identifier: person.email })
  const { store_credit_account } = await ok(officer.post("/admin/store-credit-accounts", { currency_code: "eur", customer_id: account.id }))
  await ok(officer.post(`/admin/store-credit-accounts/${store_credit_account.id}/credit`, { amount: 11, note: `Credit for ${person.last_name}` }))
  await store.database.rows(
    `INSERT INTO notification (id, "to", channel, template, receiver_id, resource_id, resource_type, data, status)
     VALUES ($1, $2, 'email', 'welcome', $3, $3, 'customer', $4, 'success')`,
    [`noti_other_${account.id}`, person.email, account.id, { name: person.first_name }]
  )
  await store.database.rows(
    `INSERT INTO product_review (id, product_id, customer_id, author_name, author_email, title, body, rating) VALUES ($1, 'prod_any', $2, $3, $4, 'Good', 'Very', 5)`,
    [`prev_other_${account.id}`, account.id, person.first_name, person.email]
  )
  return account
}

/** Another member of staff. */
async function colleague(store: TestStore) {
  const email = `colleague.${Date.now()}@shop.example`
  const { invite } = await ok(store.officer.post("/admin/invites", { email }))
  const { token } = await ok(store.anonymous.post("/auth/user/emailpass/register", { email, password: "a colleague's password" }))
  await ok(store.anonymous.as(token).post(`/admin/invites/accept?token=${invite.token}`, { email, first_name: "Carla", last_name: "Colleague" }))
}

/** The stranger is one of the two for whom the subject bought a gift card, and has redeemed it. */
export async function strangerRedeems(store: TestStore, { stranger }: Others, { boughtCards }: Story): Promise<void> {
  await ok(store.shop.as(stranger.token).post("/store/store-credit-accounts/claim", { code: boughtCards[0].account }))
}
