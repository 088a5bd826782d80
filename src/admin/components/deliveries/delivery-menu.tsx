import { EllipsisHorizontal } from "@medusajs/icons"
import { ActionMenu } from "@medusajs/dashboard/components"
import { IconButton } from "@medusajs/ui"
import { useDeliveryActions } from "../../hooks/use-delivery-actions"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type PrivacyDelivery } from "../../lib/told-contract"

/** The actions of a row; not there when none applies. */
export const DeliveryMenu = ({ delivery }: { delivery: PrivacyDelivery }) => {
  const { t } = usePrivacyTranslation()
  const { items } = useDeliveryActions(delivery)

  if (!items.length) {
    return null
  }

  return (
    // The row itself leads to the log.
    <div onClick={(event) => event.stopPropagation()}>
      <ActionMenu
        groups={[
          {
            actions: items.map(({ icon, label, run }) => ({
              icon,
              label,
              onClick: () => void run(),
            })),
          },
        ]}
      >
        <IconButton
          size="small"
          variant="transparent"
          aria-label={t("deliveries.menu", { id: delivery.id })}
        >
          <EllipsisHorizontal />
        </IconButton>
      </ActionMenu>
    </div>
  )
}
