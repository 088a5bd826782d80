import type { Database } from "./database"
import type { Buyer } from "./orders"
import { type Country, type Person, madeUpPerson } from "./people"
import { seededRandom } from "./random"
import { CART_ROWS, CUSTOMER_ROWS, ORDER_ROWS } from "./row-graph"
import { type Column, collectRows, columnsOf } from "./row-walk"
import type { Name } from "./story-people"

/** Whose history is copied, how often out of a hundred, and how many days ago it began: an open order is never years old. */
const MODELS: { of: Name; share: number; days: [number, number] }[] = [
  { of: "emma", share: 26, days: [30, 1095] },
  { of: "mia", share: 26, days: [60, 1095] },
  { of: "noah", share: 12, days: [400, 1095] },
  { of: "hugo", share: 10, days: [40, 900] },
  { of: "ida", share: 6, days: [5, 700] },
  { of: "david", share: 5, days: [2, 12] },
  { of: "chloe", share: 5, days: [1, 8] },
  { of: "wendy", share: 10, days: [1, 1095] },
]

type Copy = Person & { n: number; model: string; days: number }

const REACHES = [
  ...CUSTOMER_ROWS,
  { table: "cart", from: "customer", by: "completed_at IS NULL AND t.customer_id" },
  ...CART_ROWS,
  { table: "order", from: "customer", by: "customer_id" },
  ...ORDER_ROWS,
]
const TABLES = [...new Set(["customer", ...REACHES.map((reach) => reach.table)])]

/** Tables that say who somebody is in columns of the same names as a made-up person's. */
const PERSONAL = new Set(["customer", "customer_address", "order", "order_address", "cart", "cart_address", "fulfillment_address", "account_holder"])
const FROM_PERSON = new Set(["first_name", "last_name", "email", "phone", "company", "address_1", "city", "province", "postal_code"])

/** What is personal in other columns. */
const EXPRESSIONS: Record<string, string> = {
  "customer.company_name": "p.company",
  "auth_identity.app_metadata": "jsonb_set(t.app_metadata, '{customer_id}', to_jsonb(owner.new_id))",
  "provider_identity.entity_id": "p.email",
  "customer_address.metadata": "NULL",
  // What Medusa hands to a payment provider: the whole customer.
  "payment_session.context": `jsonb_build_object('customer', jsonb_build_object('id', owner.new_id, 'email', p.email, 'phone', p.phone,
    'first_name', p.first_name, 'last_name', p.last_name, 'company_name', p.company), 'account_holder', jsonb_build_object(
    'external_id', owner.new_id, 'email', p.email, 'provider_id', t.provider_id))`,
  "return_item.note": "'Came with a dent. ' || p.first_name || ' ' || p.last_name",
  "refund.note": "'For the dented stove of ' || p.first_name || ' ' || p.last_name",
  "fulfillment_label.tracking_number": "'TR' || lpad(p.n::text, 6, '0')",
  "fulfillment_label.tracking_url": "'https://parcels.example.com/track/TR' || lpad(p.n::text, 6, '0')",
  "fulfillment_label.label_url": "'https://parcels.example.com/labels/TR' || lpad(p.n::text, 6, '0') || '.pdf'",
}

/**
 * Fills the store up with copies of story customers under made-up names: one statement a table, whatever the number of customers.
 *
 * @param total how many customers there are to be in the end
 */
export async function fillWithCopies(database: Database, buyers: Record<Name, Buyer>, total: number) {
  const { rows } = await database.raw(`SELECT count(*)::int AS customers FROM customer`)
  const copies = makeUpCopies(buyers, total - rows[0].customers)
  await database.transaction(async (transaction) => {
    // Tables are filled one after the other, not in the order of their foreign keys.
    await transaction.raw(`SET LOCAL session_replication_role = replica`)
    await createPeople(transaction, copies)
    await collectRows(
      transaction,
      `SELECT DISTINCT 'customer', model, model, NULL FROM seed_person`,
      [],
      REACHES
    )
    await mapIds(transaction)
    for (const table of TABLES) {
      await copyTable(transaction, table)
    }
    await reserveStock(transaction)
  })
}

function makeUpCopies(buyers: Record<Name, Buyer>, count: number): Copy[] {
  const random = seededRandom(20_211)
  const lots = MODELS.flatMap((model) => Array.from({ length: model.share }, () => model))
  return Array.from({ length: count }, (_, n) => {
    const model = random.pick(lots)
    const country = buyers[model.of].country_code as Country
    return {
      ...madeUpPerson(random, country, n),
      n,
      model: buyers[model.of].customer_id,
      days: random.between(...model.days),
    }
  })
}

async function createPeople(database: Database, copies: Copy[]) {
  const columns = `n int, model text, days int, first_name text, last_name text, email text, phone text, company text,
    address_1 text, city text, province text, postal_code text`
  await database.raw(`CREATE TEMP TABLE seed_person (${columns}) ON COMMIT DROP`)
  await database.raw(`INSERT INTO seed_person SELECT * FROM jsonb_to_recordset(?::jsonb) AS person(${columns})`, [JSON.stringify(copies)])
}

/** Gives every copied row its id, and its age: the orders of a copy lie between its registration and today. */
async function mapIds(database: Database) {
  await database.raw(
    `CREATE TEMP TABLE seed_copy ON COMMIT DROP AS
     SELECT r.tbl, r.old_id, p.n, r.customer_id,
       substring(r.old_id from '^.*_') || '01' || upper(left(md5(r.old_id || ':' || p.n), 24)) AS new_id,
       CASE WHEN r.order_id IS NULL THEN p.days
         ELSE floor(p.days * (abs(hashtext(r.order_id || ':' || p.n)) % 900) / 1000.0) END AS days
     FROM seed_row r JOIN seed_person p ON p.model = r.customer_id`
  )
  // Some ids have no prefix.
  await database.raw(`UPDATE seed_copy SET new_id = '01' || upper(left(md5(old_id || ':' || n), 24)) WHERE new_id IS NULL`)
  await database.raw(`CREATE INDEX ON seed_copy (old_id, n)`)
  await database.raw(`ANALYZE seed_copy`)
}

async function copyTable(database: Database, table: string) {
  // The database numbers these itself.
  const columns = (await columnsOf(database, table)).filter(({ name }) => name !== "display_id")
  const joins: string[] = []
  const expressions = columns.map((column) => expressionOf(table, column, joins))
  await database.raw(
    `INSERT INTO "${table}" (${columns.map(({ name }) => `"${name}"`).join(", ")})
     SELECT ${expressions.join(", ")}
     FROM seed_copy m
     JOIN "${table}" t ON t.id = m.old_id
     JOIN seed_person p ON p.n = m.n
     JOIN seed_copy owner ON owner.old_id = m.customer_id AND owner.n = m.n
     ${joins.join(" ")}
     WHERE m.tbl = '${table}'`
  )
}

function expressionOf(table: string, { name, type }: Column, joins: string[]) {
  const column = `t."${name}"`
  const special = EXPRESSIONS[`${table}.${name}`]
  if (name === "id") {
    return "m.new_id"
  }
  if (special) {
    return special
  }
  if (PERSONAL.has(table) && FROM_PERSON.has(name)) {
    return `p."${name}"`
  }
  if (type === "timestamp with time zone") {
    return `${column} - m.days * interval '1 day'`
  }
  if (name.endsWith("_id")) {
    const alias = `ref_${joins.length}`
    joins.push(`LEFT JOIN seed_copy ${alias} ON ${alias}.old_id = ${column} AND ${alias}.n = m.n`)
    return `coalesce(${alias}.new_id, ${column})`
  }
  return column
}

/** The copied orders that wait for their parcel hold stock, like the orders they were copied from. */
async function reserveStock(database: Database) {
  await database.raw(
    `UPDATE inventory_level l SET reserved_quantity = s.quantity,
       raw_reserved_quantity = jsonb_build_object('value', s.quantity::text, 'precision', 20)
     FROM (SELECT inventory_item_id, location_id, sum(quantity) AS quantity FROM reservation_item
           WHERE deleted_at IS NULL GROUP BY 1, 2) s
     WHERE s.inventory_item_id = l.inventory_item_id AND s.location_id = l.location_id`
  )
}
