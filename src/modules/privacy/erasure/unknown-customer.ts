import { newId } from "../database/new-id"
import type { Session } from "../database/session"
import { SCOPE } from "../data-map/live-map"
import { UNKNOWN_CUSTOMER_EMAIL } from "../strategies/pseudonym"

export { UNKNOWN_CUSTOMER_EMAIL }

/** Id of the Unknown Customer, or null while no deletion has needed it. */
export async function findUnknownCustomer(session: Session): Promise<string | null> {
  const { rows } = await session.run<{ id: string }>(
    "SELECT id FROM customer WHERE email = $1 AND NOT has_account AND deleted_at IS NULL",
    [UNKNOWN_CUSTOMER_EMAIL]
  )
  return rows[0]?.id ?? null
}

/** Makes the Unknown Customer on first need (the unique index on address and account lets only one in) and tells the scope its id. */
export async function provideUnknownCustomer(session: Session): Promise<void> {
  await session.run(
    `INSERT INTO customer (id, email, first_name, last_name, has_account) VALUES ($1, $2, 'Unknown', 'Customer', FALSE)
     ON CONFLICT (email, has_account) WHERE deleted_at IS NULL DO NOTHING`,
    [newId("cus"), UNKNOWN_CUSTOMER_EMAIL]
  )
  await session.run(`UPDATE ${SCOPE.subjects} SET unknown_customer = $1`, [await findUnknownCustomer(session)])
}
