import type { LiveSchema } from "../data-map/schema"
import { SCOPE } from "../data-map/live-map"
import type { Session } from "../database/session"
import type { HashKeys } from "../options"
import { seal, unseal } from "../secrets"
import type { DestinationIdentifiers, IdentifierNeed } from "./contract"
import type { Destination } from "./registry"

const PURPOSE = "delivery-identifiers"

/**
 * Reads by what the subjects of the scope are known elsewhere. Before the first write: afterwards nobody knows it any more.
 *
 * @returns identifiers by the subject's number in the scope
 */
export async function collectIdentifiers(session: Session, schema: LiveSchema): Promise<Map<number, DestinationIdentifiers>> {
  const holders = schema.has("account_holder")
    ? `UNION ALL SELECT r.subject, 'account_holder', a.external_id, a.provider_id FROM ${SCOPE.rows} AS r
       JOIN account_holder AS a ON a.id = r.key WHERE r.entry = 'account_holder' AND a.external_id <> ''`
    : ""
  const { rows } = await session.run<{ subject: number; type: IdentifierNeed; value: string; provider_id: string }>(
    `SELECT r.subject, 'customer_id' AS type, r.key AS value, NULL AS provider_id FROM ${SCOPE.rows} AS r WHERE r.entry = 'customer'
     UNION ALL SELECT i.subject, 'email', i.value, NULL FROM ${SCOPE.identifiers} AS i WHERE i.type = 'email' AND i.value <> '' ${holders}
     ORDER BY 1, 2, 3`
  )
  const found = new Map<number, DestinationIdentifiers>()
  for (const { subject, type, value, provider_id } of rows) {
    const own = found.get(subject) ?? { customer_ids: [], emails: [], account_holders: [] }
    if (type === "account_holder") {
      own.account_holders.push({ provider_id, external_id: value })
    } else {
      own[type === "email" ? "emails" : "customer_ids"].push(value)
    }
    found.set(subject, own)
  }
  return found
}

/** What the destination asked for, and nothing else; null when it has nothing to do with the subject. */
export function neededBy({ provider }: Destination, all: DestinationIdentifiers): DestinationIdentifiers | null {
  const only = <T>(need: IdentifierNeed, values: T[]) => (provider.needs.includes(need) ? values : [])
  const identifiers = {
    customer_ids: only("customer_id", all.customer_ids),
    emails: only("email", all.emails),
    account_holders: only("account_holder", all.account_holders),
  }
  const known = Object.values(identifiers).some(({ length }) => length)
  return known && provider.concerns?.(identifiers) !== false ? identifiers : null
}

export const sealIdentifiers = (keys: HashKeys, identifiers: DestinationIdentifiers) => seal(keys, PURPOSE, JSON.stringify(identifiers))

export const openIdentifiers = (keys: HashKeys, sealed: string): DestinationIdentifiers => JSON.parse(unseal(keys, PURPOSE, sealed))

/** Every value that names the subject, for taking it out of what a destination says. */
export const valuesOf = ({ customer_ids, emails, account_holders }: DestinationIdentifiers) =>
  [...customer_ids, ...emails, ...account_holders.map(({ external_id }) => external_id)].filter((value) => value.length > 2)
