import { defineWidgetConfig } from "@medusajs/admin-sdk"
import type { AdminCustomer, DetailWidgetProps } from "@medusajs/types"
import { PrivacySection } from "../components/privacy-widget/privacy-section"

const CustomerPrivacyWidget = ({ data }: DetailWidgetProps<AdminCustomer>) => (
  // Another customer is another widget: an open dialog must never carry over.
  <PrivacySection key={data.id} customerId={data.id} email={data.email} />
)

export const config = defineWidgetConfig({
  id: "medusa-plugin-privacy:customer-privacy",
  zone: "customer.details.side.after",
})

export default CustomerPrivacyWidget
