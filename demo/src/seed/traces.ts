import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import { PRODUCT_REVIEW_MODULE } from "../modules/product-review"
import type ProductReviewModuleService from "../modules/product-review/service"
import type { Catalog } from "./catalog"
import type { Buyer, OrderFlows } from "./orders"
import type { Name } from "./story-people"

/** What else people leave behind: reviews, mails, open carts. */
export async function leaveTraces(container: MedusaContainer, buyers: Record<Name, Buyer>, catalog: Catalog, flows: OrderFlows) {
  const reviews: ProductReviewModuleService = container.resolve(PRODUCT_REVIEW_MODULE)
  const review = (buyer: Buyer, handle: string, rating: number, title: string, body: string) => ({
    product_id: catalog.product(handle).id,
    customer_id: buyer.customer_id,
    author_name: `${buyer.first_name} ${buyer.last_name}`,
    author_email: buyer.email,
    rating,
    title,
    body,
    metadata: { ip: "192.0.2.17", signature: `${buyer.first_name} from ${buyer.city}` },
  })
  await reviews.createProductReviews([
    review(buyers.anna, "merino-shirt", 5, "Anna's favourite", "Wore it for a week in Norway. Write to me at anna.schmidt@example.com for photos."),
    review(buyers.anna, "backpack", 4, "Good for little brothers", "Jonas Schmidt took it to school."),
    review(buyers.emma, "rain-jacket", 4, "Dry in Seattle", "Which says a lot. Emma Jones"),
    review(buyers.hugo, "camping-stove", 2, "Dented", "Arrived with a dent, support was kind."),
    review(buyers.mia, "merino-shirt", 5, "Third one", "Still the best."),
    // A guest's review: only the address says whose it is.
    { ...review(buyers.tina, "merino-shirt", 3, "Warm", "A bit too warm."), customer_id: null, author_email: "Tina.Koch@Example.com" },
  ])

  const mail = (buyer: Buyer, template: string, subject: string, data: Record<string, unknown> = {}) => ({
    to: buyer.email,
    channel: "email",
    template,
    receiver_id: buyer.customer_id,
    resource_id: buyer.customer_id,
    resource_type: "customer",
    data: { subject, first_name: buyer.first_name, last_name: buyer.last_name, phone: buyer.phone, ...data },
  })
  await container.resolve(Modules.NOTIFICATION).createNotifications([
    mail(buyers.anna, "welcome", "Welcome, Anna!"),
    mail(buyers.anna, "order-shipped", "Your parcel is on its way", { ship_to: `${buyers.anna.address_1}, ${buyers.anna.city}` }),
    mail(buyers.anna, "newsletter", "What to wear in autumn"),
    mail(buyers.emma, "order-shipped", "Your parcel is on its way"),
    mail(buyers.felix, "return-requested", "We have your return request", { note: "Too small for my left foot" }),
    mail(buyers.tina, "newsletter", "What to wear in autumn"),
    mail(buyers.wendy, "welcome", "Welcome, Wendy!"),
  ])

  await flows.openCart(buyers.anna, [{ variant_id: catalog.variant("tent", "Green"), quantity: 1, metadata: { engraving: "A. Schmidt" } }], {
    metadata: { referral: "friend of Ben Mueller", utm_email: buyers.anna.email },
  })
  await flows.openCart(buyers.wendy, [{ variant_id: catalog.variant("steel-bottle", "Blue"), quantity: 2 }])
}
