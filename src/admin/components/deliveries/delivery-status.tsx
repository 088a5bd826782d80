import { StatusBadge } from "@medusajs/ui"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { toDeliveryStatusView } from "../../lib/delivery-view"
import { type PrivacyDelivery } from "../../lib/told-contract"

export const DeliveryStatus = ({ delivery }: { delivery: PrivacyDelivery }) => {
  const { tCode } = usePrivacyTranslation()
  const { code, color } = toDeliveryStatusView(delivery)

  return (
    <StatusBadge
      color={color}
      data-testid="privacy-delivery-status"
      data-status={delivery.status}
      className="whitespace-nowrap"
    >
      {tCode("deliveryStatuses", code)}
    </StatusBadge>
  )
}
