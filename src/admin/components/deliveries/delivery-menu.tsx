import { useDeliveryActions } from "../../hooks/use-delivery-actions"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type PrivacyDelivery } from "../../lib/told-contract"
import { RowMenu } from "../common/row-menu"

/** The actions of a row. */
export const DeliveryMenu = ({ delivery }: { delivery: PrivacyDelivery }) => {
  const { t } = usePrivacyTranslation()
  const { items } = useDeliveryActions(delivery)

  return (
    <RowMenu
      label={t("deliveries.menu", { id: delivery.id })}
      groups={[
        {
          actions: items.map(({ icon, label, run }) => ({
            icon,
            label,
            onClick: run,
          })),
        },
      ]}
    />
  )
}
