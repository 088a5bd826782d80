import type { Database } from "../../support/database"

/** The data map as GET /admin/privacy-data-map gives it, as far as the test needs it. */
export interface MapTable {
  table: string
  columns: { name: string; category: string; strategy: string; removed: boolean }[]
}

/** What leads from a row to its person: it names the person already, and another value would cut the row loose. */
const LEADS_TO_PERSON = new Set([
  "customer.email", "order.email", "loyalty_gift_card.code", "store_credit_account.code", "auth_password_reset_token.token_hash",
  "cart.email", "cart_address.first_name", "cart_address.last_name", "cart_address.phone", "notification.to", "product_review.author_email", "provider_identity.entity_id",
  "promotion_rule_value.value", "price_rule.value", "promotion_campaign_budget_usage.attribute_value", "account_holder.email", "auth_password_reset_token.entity_id",
  // The file is known by its URL; staff's own choice of columns is theirs.
  "order_claim_item_image.url", "view_configuration.configuration",
])

/** Staff's own messages. */
const NOT_THE_SUBJECTS: Record<string, string> = { notification: "channel <> 'feed'" }

/** Kept by design: where, but not at which door. */
const KEPT = new Set(["city", "province", "postal_code", "country_code"])

/**
 * Writes a value of its own into every personal column of the given rows, and under a key of its own into every JSON column, so that the
 * test does not depend on which of them Medusa happened to fill.
 *
 * @param keys the rows, per table, by their column `id`
 * @returns table and column of what was planted, with the number of rows
 */
export async function plantCanaries(database: Database, map: MapTable[], keys: Map<string, Set<string>>): Promise<Record<string, number>> {
  const columns = new Map<string, Set<string>>()
  for (const { table, columns: declared } of map) {
    const personal = columns.get(table) ?? new Set<string>()
    declared
      .filter(({ name, category }) => category !== "technical" && !KEPT.has(name) && !LEADS_TO_PERSON.has(`${table}.${name}`))
      .forEach(({ name }) => personal.add(name))
    columns.set(table, personal)
  }
  const types = new Map(
    (
      await database.rows<{ name: string; type: string }>(
        `SELECT table_name || '.' || column_name AS name, data_type AS type FROM information_schema.columns WHERE table_schema = 'public'`
      )
    ).map(({ name, type }) => [name, type])
  )
  const planted: Record<string, number> = {}
  for (const [table, personal] of columns) {
    if (!personal.size) {
      continue
    }
    const found = await database.rows<{ id: string }>(
      `SELECT id FROM "${table}" WHERE id = ANY($1) AND ${NOT_THE_SUBJECTS[table] ?? "TRUE"}`,
      [[...(keys.get(`public.${table}`) ?? [])]]
    )
    const ids = found.map(({ id }) => id)
    for (const column of personal) {
      const type = types.get(`${table}.${column}`) as string
      const canary = `'CANARY-${table}-${column}-' || row_number`
      const value = type.startsWith("json")
        ? `(CASE WHEN jsonb_typeof(t."${column}"::jsonb) = 'array' THEN t."${column}"::jsonb || jsonb_build_array(${canary})
             ELSE coalesce(nullif(t."${column}"::jsonb, 'null'), '{}') || jsonb_build_object('canary', ${canary}, 'nested', jsonb_build_array(jsonb_build_object('deep', ${canary}))) END)::${type}`
        : canary
      const { count } = await database.row<{ count: number }>(
        `WITH planted AS (UPDATE "${table}" AS t SET "${column}" = ${value}
           FROM (SELECT id, row_number() OVER (ORDER BY id) FROM "${table}" WHERE id = ANY($1)) AS n WHERE n.id = t.id RETURNING 1)
         SELECT count(*)::int AS count FROM planted`,
        [ids]
      )
      if (count) {
        planted[`${table}.${column}`] = count
      }
    }
  }
  return planted
}
