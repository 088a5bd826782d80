import { ok } from "../../support/http"
import type { TestStore } from "../../support/test-store"
import type { Account } from "./life"
import type { Person } from "./person"

/**
 * What no HTTP route of Medusa writes: mails the shop's own subscribers sent, a review in the demo's module, the picture of a claim, a
 * preference a member of staff saved.
 *
 * @returns the words that were said
 */
export async function leaveBySql(
  store: TestStore,
  { person, account, order, claim, guestOrder }: { person: Person; account: Account; order: string; claim: string; guestOrder: string }
): Promise<string[]> {
  const { database, officer } = store
  const name = `${person.first_name} ${person.last_name}`
  const words: string[] = []
  const say = (text: string) => {
    words.push(text)
    return text
  }

  const photo = new FormData()
  photo.append("files", new Blob([say(`picture of ${name}`)], { type: "image/png" }), `claim-${person.last_name}.png`)
  const { files } = await ok(officer.post("/admin/uploads", photo))
  await database.rows(
    `INSERT INTO order_claim_item_image (id, claim_item_id, url, metadata)
     SELECT 'climg_' || id, id, $2, $3 FROM order_claim_item WHERE claim_id = $1 AND NOT is_additional_item`,
    [claim, say(files[0].url), { caption: say(`caption by ${name}`) }]
  )
  await database.rows(`UPDATE order_claim_item SET note = $2 WHERE claim_id = $1`, [claim, say(`claim item note by ${name}`)])

  // To the address in any casing, to the telephone, by the order, by the customer; and one that a member of staff got.
  const mails = [
    { to: person.email, channel: "email", receiver_id: account.id, resource_id: account.id, resource_type: "customer" },
    { to: person.email.toUpperCase(), channel: "email", resource_id: order, resource_type: "order" },
    { to: `work.${person.email}`, channel: "email", resource_id: order, resource_type: "order" },
    { to: person.phone, channel: "sms", resource_id: order, resource_type: "order" },
    { to: person.phone.replace(/[^0-9+]/g, ""), channel: "sms", resource_id: account.id, resource_type: "customer" },
    { to: "staff@shop.example", channel: "email", resource_id: order, resource_type: "order" },
    { to: "staff@shop.example", channel: "email", resource_id: account.id, resource_type: "customer" },
  ]
  for (const [index, mail] of mails.entries()) {
    await database.rows(
      `INSERT INTO notification (id, "to", channel, template, receiver_id, resource_id, resource_type, data, provider_data, external_id, status)
       VALUES ($1, $2, $3, 'canary', $4, $5, $6, $7, $8, $9, 'success')`,
      [
        `noti_canary_${account.id}_${index}`, mail.to, mail.channel, mail.receiver_id ?? null, mail.resource_id, mail.resource_type,
        { subject: say(`mail ${index} to ${name}`) }, { answer: say(`answer ${index} for ${name}`) }, say(`message-${index}-${person.last_name}`),
      ]
    )
  }

  for (const [index, customer] of [account.id, null].entries()) {
    await database.rows(
      `INSERT INTO product_review (id, product_id, customer_id, author_name, author_email, title, body, rating, metadata)
       VALUES ($1, 'prod_any', $2, $3, $4, $5, $6, 5, $7)`,
      [
        `prev_canary_${account.id}_${index}`, customer, name, index ? person.email.toUpperCase() : person.email, say(`Title ${index} by ${name}`),
        say(`Body ${index} by ${name}`), { ip: say(`ip of ${name}`) },
      ]
    )
  }
  // A second factor, where the store has that on.
  const { auth_identity_id } = await database.row("SELECT auth_identity_id FROM provider_identity WHERE entity_id = $1", [person.email])
  await database.rows(
    `INSERT INTO auth_mfa_factor (id, auth_identity_id, provider, status, provider_metadata, metadata) VALUES ($1, $2, 'totp', 'active', $3, $4)`,
    [`authmfa_canary_${account.id}`, auth_identity_id, { secret: say(`SECRET${person.last_name}`) }, { label: say(`phone of ${name}`) }]
  )
  await database.rows(`INSERT INTO auth_mfa_recovery_code (id, auth_identity_id, code_hash) VALUES ($1, $2, $3)`, [
    `authrec_canary_${account.id}`, auth_identity_id, say(`recovery-${person.last_name}`),
  ])
  await database.rows(
    `INSERT INTO user_preference (id, user_id, key, value) SELECT $1, id, $1, $2 FROM "user" LIMIT 1`,
    [`usrpref_canary_${account.id}`, { recent_searches: [{ q: person.email.toUpperCase() }] }]
  )

  // A subscription of the shop's own module, and a price for this customer alone.
  await database.rows(
    `INSERT INTO subscription (id, status, interval, period, subscription_date, last_order_date, next_order_date, expiration_date, metadata)
     VALUES ($1, 'active', 'monthly', 1, now(), now(), now() + interval '1 month', now() + interval '1 year', $2)`,
    [`sub_canary_${account.id}`, { box: say(`box for ${name}`) }]
  )
  await database.rows("INSERT INTO customer_subscription (id, subscription_id, customer_id) VALUES ($1, $2, $3)", [
    `link_canary_${account.id}`, `sub_canary_${account.id}`, account.id,
  ])
  await database.rows("INSERT INTO price_rule (id, attribute, operator, value, price_id, priority) SELECT $1, 'customer.id', 'eq', $2, id, 0 FROM price LIMIT 1", [
    `prule_canary_${account.id}`, account.id,
  ])
  await database.rows("INSERT INTO price_list (id, title, description, status, rules_count) VALUES ($1, 'For one', '', 'active', 1)", [`plist_canary_${account.id}`])
  await database.rows("INSERT INTO price_list_rule (id, attribute, value, price_list_id) VALUES ($1, 'customer.id', jsonb_build_array($2::text), $3)", [
    `plrule_canary_${account.id}`, account.id, `plist_canary_${account.id}`,
  ])

  // Medusa 2.21 writes addresses in lower case; older versions and imports did not.
  await database.rows(`UPDATE "order" SET email = upper(email) WHERE id = $1`, [guestOrder])
  await database.rows(`UPDATE cart SET email = ' ' || upper(email) WHERE email = $1 AND customer_id IS DISTINCT FROM $2`, [person.email, account.id])
  await database.rows(`UPDATE customer SET email = upper(email) WHERE email = $1 AND NOT has_account`, [person.email])
  return words
}
