import { readCustomerPrivacy } from "../../src/modules/privacy/customers/customer-privacy"
import type { Hold } from "../../src/modules/privacy/holds/find-holds"
import type { PrivacyOptions } from "../../src/modules/privacy/options"
import type { Engine } from "./engine"

/** What holds a customer, as the customer page shows it. */
export async function holdsOf(
  { environment, transaction }: Engine,
  customerId: string,
  options: Partial<Pick<PrivacyOptions, "holds" | "retention_days">> = {}
): Promise<Hold[]> {
  const { holds } = await transaction((session) =>
    readCustomerPrivacy(session, { ...environment, options: { ...environment.options, ...options } }, customerId)
  )
  return holds
}
