import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

/** What the plugin says of an erased customer: ids and a keyed hash, never the data that was erased. */
type UserDeleted = {
  /** The same at every attempt: a system that counts would tell repeats apart by it. */
  delivery_id: string
  customer_ids: string[]
  identifier_hash: string
  method: "anonymize" | "delete"
  reference: string
}

/** An example of a system that has to forget a customer too, such as a newsletter tool: this one only writes down whom. */
export default async function forgetElsewhere({ event, container }: SubscriberArgs<UserDeleted>) {
  container.resolve(ContainerRegistrationKeys.LOGGER).info(`Erased, forget elsewhere too: ${JSON.stringify(event.data)}`)
}

export const config: SubscriberConfig = { event: "privacy.user_deleted" }
