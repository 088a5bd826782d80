import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, FeatureFlag, Modules } from "@medusajs/framework/utils"
import { createCustomerAccountWorkflow, createUsersWorkflow } from "@medusajs/medusa/core-flows"

import accounts from "../../accounts.json"
import { databaseOf } from "./database"
import type { Person } from "./people"
import { run } from "./run"

const PROVIDER = "emailpass"

/** The admin user, as `medusa user` would create it; with RBAC on it also gets the super admin's role. */
export async function ensureAdminUser(container: MedusaContainer) {
  const users = container.resolve(Modules.USER)
  let [user] = await users.listUsers({ email: accounts.admin.email })
  if (!user) {
    ;[user] = await run(container, createUsersWorkflow, {
      users: [{ email: accounts.admin.email, first_name: "Ada", last_name: "Admin" }],
    })
    await register(container, accounts.admin.email, accounts.admin.password, { user_id: user.id })
  }
  if (FeatureFlag.isFeatureEnabled("rbac")) {
    // The workflow that assigns roles asks for an actor who already holds them.
    await container.resolve(ContainerRegistrationKeys.LINK).create({
      [Modules.USER]: { user_id: user.id },
      [Modules.RBAC]: { rbac_role_id: "role_super_admin" },
    })
  }
  return user
}

/** A customer who can log in to the store API. */
export async function registerCustomer(container: MedusaContainer, person: Person, metadata?: Record<string, unknown>) {
  const identity = await register(container, person.email, accounts.customers.password)
  return await run(container, createCustomerAccountWorkflow, {
    authIdentityId: identity.id,
    customerData: {
      email: person.email,
      first_name: person.first_name,
      last_name: person.last_name,
      phone: person.phone,
      company_name: person.company,
      metadata: metadata ?? null,
    },
  })
}

/** A member of staff who also shops here: one auth identity for both. */
export async function makeStaff(container: MedusaContainer, person: Person) {
  const [user] = await run(container, createUsersWorkflow, {
    users: [{ email: person.email, first_name: person.first_name, last_name: person.last_name }],
  })
  await databaseOf(container).raw(
    `UPDATE auth_identity SET app_metadata = app_metadata || jsonb_build_object('user_id', ?::text)
     FROM provider_identity WHERE provider_identity.auth_identity_id = auth_identity.id AND provider_identity.entity_id = ?`,
    [user.id, person.email]
  )
}

async function register(container: MedusaContainer, email: string, password: string, app_metadata?: Record<string, unknown>) {
  const auth = container.resolve(Modules.AUTH)
  const { authIdentity, error } = await auth.register(PROVIDER, { body: { email, password } } as any)
  if (!authIdentity) {
    throw new Error(`Cannot register ${email}: ${error}`)
  }
  if (app_metadata) {
    await auth.updateAuthIdentities({ id: authIdentity.id, app_metadata })
  }
  return authIdentity
}
