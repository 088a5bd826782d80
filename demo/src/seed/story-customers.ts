import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { createCustomerGroupsWorkflow, linkCustomersToCustomerGroupWorkflow } from "@medusajs/medusa/core-flows"

import { makeStaff, registerCustomer } from "./accounts"
import { addressOf, type Buyer } from "./orders"
import { inParallel, run } from "./run"
import { PEOPLE, type Name } from "./story-people"

/** They never log in: all that ties their orders to them is an e-mail address. */
const GUESTS: Name[] = ["sam", "tina", "uma", "xaver"]
/** Sam and Xaver never registered. */
const ONLY_GUESTS: Name[] = ["sam", "xaver"]

const METADATA: Partial<Record<Name, Record<string, unknown>>> = {
  anna: { birthday: "1987-04-12", erp_number: "K-10023", referred_by: "Ben Mueller <ben.mueller@example.com>", sizes: { shirt: "M" } },
  liam: { purchasing_contact: "Dana Brown, +1 303 555 0191", vat_number: "US-99-1234567" },
  olivia: { instagram: "@olivia.hikes", erp_number: "K-10077" },
  victor: { erp_number: "K-10090", doctor_note: "Allergic to wool" },
}

const MEMBERS: Record<string, Name[]> = {
  "Club members": ["anna", "emma", "mia", "noah", "olivia"],
  Wholesale: ["liam"],
  Newsletter: ["anna", "tina", "wendy", "felix"],
}

/** Registered customers with an address book, in their groups; one of them is also a member of staff. */
export async function createBuyers(container: MedusaContainer): Promise<Record<Name, Buyer>> {
  const buyers = {} as Record<Name, Buyer>
  const names = (Object.keys(PEOPLE) as Name[]).filter((name) => !ONLY_GUESTS.includes(name))
  await inParallel(
    4,
    names.map((name) => async () => {
      const customer = await registerCustomer(container, PEOPLE[name], METADATA[name])
      buyers[name] = { ...PEOPLE[name], customer_id: customer.id }
    })
  )
  await makeStaff(container, PEOPLE.zoe)

  await container.resolve(Modules.CUSTOMER).createCustomerAddresses([
    ...names.map((name) => ({
      ...addressOf(buyers[name]),
      customer_id: buyers[name].customer_id,
      address_name: "Home",
      is_default_shipping: true,
      is_default_billing: true,
    })),
    {
      ...addressOf(buyers.anna),
      customer_id: buyers.anna.customer_id,
      address_name: "Office, Anna",
      company: "Schmidt & Partner",
      address_1: "Friedrichstraße 100",
      metadata: { floor: "3rd, ask for Anna Schmidt" },
    },
  ])
  for (const [name, members] of Object.entries(MEMBERS)) {
    const [group] = await run(container, createCustomerGroupsWorkflow, { customersData: [{ name }] })
    await run(container, linkCustomersToCustomerGroupWorkflow, { id: group.id, add: members.map((member) => buyers[member].customer_id) })
  }
  return buyers
}

/** Made before the accounts, as in life: an address that has an account already would be taken for the account. */
export async function createGuests(container: MedusaContainer) {
  const service = container.resolve(Modules.CUSTOMER)
  const emails: Partial<Record<Name, string>> = { tina: "Tina.Koch@Example.com" }
  const guests = {} as Record<"sam" | "tina" | "uma" | "xaver", Buyer>
  for (const name of GUESTS as (keyof typeof guests)[]) {
    const email = emails[name] ?? PEOPLE[name].email
    const customer = await service.createCustomers({
      email,
      has_account: false,
      first_name: PEOPLE[name].first_name,
      last_name: PEOPLE[name].last_name,
      phone: PEOPLE[name].phone,
    })
    guests[name] = { ...PEOPLE[name], email, customer_id: customer.id }
  }
  return guests
}
