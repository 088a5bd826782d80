import { defineWidgetConfig } from "@medusajs/admin-sdk"
import type { AdminOrder, DetailWidgetProps } from "@medusajs/types"
import { ErasedOrderNotice } from "../components/order-notice/erased-order-notice"

const OrderPrivacyWidget = ({ data }: DetailWidgetProps<AdminOrder>) => (
  <ErasedOrderNotice order={data} />
)

export const config = defineWidgetConfig({
  id: "medusa-plugin-privacy:order-privacy",
  zone: "order.details.side.before",
})

export default OrderPrivacyWidget
