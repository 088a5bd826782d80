/**
 * What one benchmark customer owns, as SQL: one INSERT … SELECT per table, over the customers `n` and, where a customer has several such rows,
 * over `k` (and `i`). Everything is settled (paid, shipped, delivered), so that nothing holds the erasure back.
 */

/** A Medusa-like id: as long as a real one, and like real ones in the order of creation. */
const id = (prefix, number = "n") => `'${prefix}_01BENCH' || lpad((${number})::text, 19, '0')`

const order = "n * 3 + k"
const item = `(${order}) * 2 + i`
const email = "'Shopper.' || n || '@Bench.Example'"
const past = "now() - make_interval(days => 400 + (n % 300))"

const person = {
  first_name: "'First' || n",
  last_name: "'Last' || n",
  company: "'Company ' || n || ' Ltd'",
  address_1: "'Long Street ' || n",
  address_2: "'Back door, floor ' || n % 9",
  city: "'Leipzig'",
  country_code: "'de'",
  province: "'Sachsen'",
  postal_code: "lpad((n % 99999)::text, 5, '0')",
  phone: "'+49 30 ' || lpad(n::text, 8, '0')",
  metadata: "jsonb_build_object('hint', 'Ring twice at Last' || n)",
}

const amount = (value) => ({ amount: value, raw_amount: `'{"value": "${value}", "precision": 20}'::jsonb` })

const product = {
  title: "'Steel bottle'",
  subtitle: "'0.75 l, brushed'",
  variant_id: "'variant_01BENCH0000000000000000001'",
  product_id: "'prod_01BENCH0000000000000000001'",
  product_title: "'Steel bottle'",
  product_description: "'Keeps tea warm for twelve hours and water cold for a day.'",
  variant_sku: "'BOTTLE-75'",
  variant_title: "'0.75 l'",
  unit_price: "21",
  raw_unit_price: `'{"value": "21", "precision": 20}'::jsonb`,
  metadata: "jsonb_build_object('engraving', 'For Last' || n)",
}

const quantities = Object.fromEntries(
  [["quantity", 1], ["fulfilled_quantity", 1], ["shipped_quantity", 1], ["delivered_quantity", 1]]
    .concat(["return_requested", "return_received", "return_dismissed", "written_off"].map((name) => [`${name}_quantity`, 0]))
    .flatMap(([name, value]) => [[name, String(value)], [`raw_${name}`, `'{"value": "${value}", "precision": 20}'::jsonb`]])
)

/** What a card provider leaves behind. */
const gatewayData = `jsonb_build_object('id', 'pi_bench' || ${order}, 'amount', 4700, 'currency', 'eur', 'status', 'succeeded', 'latest_charge', 'ch_bench' || ${order},
  'receipt_email', ${email}, 'shipping', jsonb_build_object('name', 'First' || n || ' Last' || n, 'phone', '+49 30 ' || n, 'address',
    jsonb_build_object('line1', 'Long Street ' || n, 'city', 'Leipzig', 'country', 'de')),
  'card', jsonb_build_object('brand', 'visa', 'last4', lpad((n % 9999)::text, 4, '0'), 'exp_month', 7, 'exp_year', 2031, 'name', 'First' || n || ' Last' || n))`

const sessionContext = `jsonb_build_object('customer', jsonb_build_object('id', ${id("cus")}, 'email', ${email}, 'phone', '+49 30 ' || n, 'first_name', 'First' || n,
  'last_name', 'Last' || n), 'account_holder', jsonb_build_object('email', ${email}, 'external_id', 'cus_stripe' || n, 'provider_id', 'pp_system_default'))`

const totals = `'{"paid_total": 47, "refunded_total": 0, "accounting_total": 47, "credit_line_total": 0, "transaction_total": 47, "pending_difference": 0,
  "current_order_total": 47, "original_order_total": 47, "raw_paid_total": {"value": "47", "precision": 20}, "raw_pending_difference": {"value": "0", "precision": 20}}'::jsonb`

/** Rows per customer as a FROM clause. */
const ONE = ""
const ADDRESSES = ", generate_series(0, 1) AS k"
const ORDERS = ", generate_series(0, 2) AS k"
const ORDER_PAIRS = ", generate_series(0, 2) AS k, generate_series(0, 1) AS i"

const NOTIFICATIONS = ["welcome", "order-placed", "order-shipped"]

const TABLES = [
  ["customer", ONE, { id: id("cus"), email, first_name: "'First' || n", last_name: "'Last' || n", company_name: "'Company ' || n || ' Ltd'", phone: "'+49 30 ' || lpad(n::text, 8, '0')", has_account: "true", metadata: "jsonb_build_object('birthday', '1980-01-01', 'note', 'Met Last' || n || ' at the fair')" }],
  ["customer_address", ADDRESSES, { id: id("cuaddr", "n * 2 + k"), customer_id: id("cus"), address_name: "'Home of Last' || n", is_default_shipping: "k = 0", is_default_billing: "k = 0", ...person }],
  ["customer_group_customer", ONE, { id: id("cusgc"), customer_id: id("cus"), customer_group_id: "'cusgroup_bench'" }],
  ["auth_identity", ONE, { id: id("authid"), app_metadata: `jsonb_build_object('customer_id', ${id("cus")})` }],
  ["provider_identity", ONE, { id: id("provid"), entity_id: `lower(${email})`, provider: "'emailpass'", auth_identity_id: id("authid"), provider_metadata: "jsonb_build_object('password', repeat(md5(n::text), 4))" }],
  ["account_holder", ONE, { id: id("acchld"), provider_id: "'pp_system_default'", external_id: "'cus_stripe' || n", email, data: `jsonb_build_object('id', 'cus_stripe' || n, 'email', ${email}, 'name', 'First' || n || ' Last' || n)` }],
  ["customer_account_holder", ONE, { id: id("custacchldr"), customer_id: id("cus"), account_holder_id: id("acchld") }],
  ["order_address", ORDER_PAIRS, { id: id("ordaddr", item), customer_id: id("cus"), ...person }],
  ["order", ORDERS, { id: id("order", order), customer_id: id("cus"), email, status: "'completed'", currency_code: "'eur'", shipping_address_id: id("ordaddr", `(${order}) * 2`), billing_address_id: id("ordaddr", `(${order}) * 2 + 1`), metadata: "jsonb_build_object('gift', 'From Last' || n)" }],
  ["order_line_item", ORDER_PAIRS, { id: id("ordli", item), ...product }],
  ["order_item", ORDER_PAIRS, { id: id("orditem", item), order_id: id("order", order), item_id: id("ordli", item), version: "1", ...quantities }],
  ["order_shipping_method", ORDERS, { id: id("ordsm", order), name: "'Standard'", ...amount(5), data: "jsonb_build_object('pickup', 'Parcel box of Last' || n)" }],
  ["order_shipping", ORDERS, { id: id("ordspmv", order), order_id: id("order", order), version: "1", shipping_method_id: id("ordsm", order) }],
  ["order_summary", ORDERS, { id: id("ordsum", order), order_id: id("order", order), version: "1", totals }],
  ["payment_collection", ORDERS, { id: id("pay_col", order), currency_code: "'eur'", ...amount(47), status: "'completed'", metadata: "jsonb_build_object('payer', 'Last' || n)" }],
  ["order_payment_collection", ORDERS, { id: id("ordpay", order), order_id: id("order", order), payment_collection_id: id("pay_col", order) }],
  ["payment_session", ORDERS, { id: id("payses", order), currency_code: "'eur'", ...amount(47), provider_id: "'pp_system_default'", data: gatewayData, context: sessionContext, status: "'captured'", payment_collection_id: id("pay_col", order) }],
  ["payment", ORDERS, { id: id("pay", order), currency_code: "'eur'", ...amount(47), provider_id: "'pp_system_default'", data: gatewayData, captured_at: past, payment_collection_id: id("pay_col", order), payment_session_id: id("payses", order) }],
  ["fulfillment_address", ORDERS, { id: id("fuladdr", order), ...person }],
  ["fulfillment", ORDERS, { id: id("ful", order), location_id: "'sloc_bench'", packed_at: past, shipped_at: past, delivered_at: past, provider_id: "'manual_manual'", delivery_address_id: id("fuladdr", order), data: "jsonb_build_object('tracking', 'TRACK' || n)" }],
  ["order_fulfillment", ORDERS, { id: id("ordful", order), order_id: id("order", order), fulfillment_id: id("ful", order) }],
  ["cart_address", ONE, { id: id("caaddr"), customer_id: id("cus"), ...person }],
  ["cart", ONE, { id: id("cart"), customer_id: id("cus"), email, currency_code: "'eur'", shipping_address_id: id("caaddr"), metadata: "jsonb_build_object('note', 'Present for Last' || n)" }],
  ["cart_line_item", ONE, { id: id("cali"), cart_id: id("cart"), quantity: "1", ...product }],
  ["notification", ORDERS, { id: id("noti", order), to: email, channel: "'email'", template: `(ARRAY[${NOTIFICATIONS.map((name) => `'${name}'`).join(", ")}])[k + 1]`, data: "jsonb_build_object('subject', 'Hello First' || n, 'first_name', 'First' || n, 'last_name', 'Last' || n, 'address', 'Long Street ' || n, 'html', repeat('Dear First' || n || ', ', 20))", resource_id: id("cus"), resource_type: "'customer'", receiver_id: id("cus"), provider_id: "'local'", external_id: "'mail-' || " + order, status: "'success'" }],
  ["store_credit_account", ONE, { id: id("sc_acc"), currency_code: "'eur'", customer_id: id("cus"), code: "'SC-' || n" }],
  ["store_credit_account_transaction", ADDRESSES, { id: id("sc_trx", "n * 2 + k"), account_id: id("sc_acc"), type: "(ARRAY['credit', 'debit'])[k + 1]", amount: "50 - k * 30", raw_amount: `jsonb_build_object('value', (50 - k * 30)::text, 'precision', 20)`, reference: "'adjustment'", reference_id: id("cus"), note: "'A thank-you to First' || n || ' Last' || n" }],
  ["loyalty_gift_card", ONE, { id: id("gcard"), status: "'pending'", value: "25", raw_value: `'{"value": "25", "precision": 20}'::jsonb`, code: "'GIFT-' || md5(n::text)", currency_code: "'eur'", line_item_id: id("ordli", "(n * 3) * 2"), note: "'For a friend of Last' || n", reference: "'order'", reference_id: id("order", "n * 3"), metadata: "jsonb_build_object('recipient', 'friend.of.' || n || '@bench.example')" }],
]

const name = (column) => `"${column}"`
const DATED = ["created_at", "updated_at"]

/** Rows of the tables that do not belong to one customer. */
export const SHARED_ROWS = ["INSERT INTO customer_group (id, name) VALUES ('cusgroup_bench', 'Benchmark customers')"]

/** One statement per table that makes the rows of the customers `first` to `last`. */
export const seedStatements = (first, last) =>
  TABLES.map(([table, several, columns]) => {
    const all = { ...columns, ...Object.fromEntries(DATED.map((column) => [column, past])) }
    return `INSERT INTO ${name(table)} (${Object.keys(all).map(name).join(", ")}) SELECT ${Object.values(all).join(", ")} FROM generate_series(${first}, ${last}) AS n${several}`
  })

/** Tables the footprint fills. */
export const FOOTPRINT_TABLES = TABLES.map(([table]) => table)

/** Id of the customer with a number, as in the database. */
export const customerId = (n) => `cus_01BENCH${String(n).padStart(19, "0")}`

/** Numbers of customers: all of them, or `some` spread evenly over them. */
export const customerNumbers = (customers, some = customers) => Array.from({ length: some }, (_, index) => Math.floor((index * customers) / some))

/** E-mail address of the customer with a number, as a list has it: not as the database spells it. */
export const emailOf = (n) => `shopper.${n}@bench.example`
