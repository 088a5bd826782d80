import { ok } from "../../support/http"
import type { TestStore } from "../../support/test-store"
import type { Story } from "./story"

/** What the admin's order page asks for. */
const FIELDS = [
  "id", "status", "display_id", "currency_code", "email", "metadata", "total", "credit_line_total", "item_subtotal", "item_total",
  "item_tax_total", "original_item_tax_total", "item_discount_total", "shipping_subtotal", "original_total", "original_tax_total",
  "subtotal", "discount_total", "discount_subtotal", "shipping_total", "shipping_tax_total", "original_shipping_tax_total",
  "shipping_discount_total", "tax_total", "refundable_total", "order_change", "*customer", "*items", "*items.variant",
  "*items.variant.product", "*items.tax_lines", "+summary", "*shipping_address", "*billing_address", "*sales_channel", "*promotions",
  "*shipping_methods", "*shipping_methods.tax_lines", "*credit_lines", "*fulfillments", "+fulfillments.shipping_option.service_zone.fulfillment_set.type",
  "*fulfillments.items", "*fulfillments.labels", "*payment_collections", "*payment_collections.payments",
  "*payment_collections.payments.refunds", "*payment_collections.payments.refunds.refund_reason", "region.automatic_taxes", "*gift_cards",
].join(",")

/** Names of what must not change: numbers, titles, states. A gift card's code does. */
const FACTS = /(_total|^total|subtotal|amount|price|quantity|rate|^title|^variant_id|^product_id|^status|^display_id|^currency_code|^code|^totals|difference|^version)$/

function facts(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => facts(item, key)).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  }
  if (value && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name, inner]) => FACTS.test(name) || key === "totals" || name === "summary" || (inner && typeof inner === "object"))
        .filter(([name]) => !(key === "gift_cards" && name === "code"))
        .filter(([name]) => !["metadata", "customer", "shipping_address", "billing_address", "data", "labels", "line_item_metadata", "description"].includes(name))
        .map(([name, inner]) => [name, facts(inner, name)])
    )
  }
  return value
}

/** What each order adds up to, as the admin shows it. */
export async function readOrderFacts(store: TestStore, story: Story): Promise<Record<string, unknown>> {
  const pages: Record<string, unknown> = {}
  for (const { id } of story.orders) {
    const { order } = await ok(store.officer.get(`/admin/orders/${id}?fields=${encodeURIComponent(FIELDS)}`))
    pages[id] = facts(order)
  }
  return pages
}

/** Everything staff open about an order: path → status and what was answered. */
export async function openOrderPages(store: TestStore, story: Story): Promise<Map<string, { status: number; text: string }>> {
  const { orders, returns, claim, exchange, draft } = story
  const { order } = await ok(store.officer.get(`/admin/orders/${orders[0].id}?fields=display_id`))
  const paths = [
    ...orders.flatMap(({ id }) => [
      `/admin/orders/${id}?fields=${encodeURIComponent(FIELDS)}`, `/admin/orders/${id}/changes`, `/admin/orders/${id}/preview`, `/admin/orders/${id}/line-items`,
      `/admin/returns?order_id=${id}&fields=*items,*items.reason`, `/admin/claims?order_id=${id}`, `/admin/exchanges?order_id=${id}`,
    ]),
    ...returns.map((id) => `/admin/returns/${id}?fields=*items`),
    `/admin/claims/${claim}`,
    `/admin/exchanges/${exchange}`,
    `/admin/draft-orders/${draft}`,
    `/admin/orders?q=${order.display_id}`,
    `/admin/orders?fields=id,total,*customer,*shipping_address&limit=50`,
    "/admin/gift-cards", "/admin/store-credit-accounts", "/admin/notifications?channel=feed", "/admin/customers", "/admin/promotions",
    "/admin/views/orders/configurations",
  ]
  const pages = new Map<string, { status: number; text: string }>()
  for (const path of paths) {
    const { status, body } = await store.officer.get(path)
    pages.set(path, { status, text: JSON.stringify(body) })
  }
  return pages
}
