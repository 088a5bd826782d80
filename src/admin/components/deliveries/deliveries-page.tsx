import { useLocation } from "react-router-dom"
import { useCursor } from "../../hooks/use-cursor"
import { usePrivacyDeliveries } from "../../hooks/use-privacy-deliveries"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { ListSection } from "../common/list-section"
import { toLogPath, useDeliveryColumns } from "./use-delivery-columns"
import { useDeliveryFilters, useDeliveryQuery } from "./use-delivery-filters"

/** Who was told what, newest first. */
export const DeliveriesPage = () => {
  const { t } = usePrivacyTranslation()
  const { search } = useLocation()
  const asked = useDeliveryQuery()
  const { cursor, goNext, goBack } = useCursor(asked)
  const { deliveries, destinations, next, estimate, ...query } =
    usePrivacyDeliveries({ ...asked, cursor })
  const filters = useDeliveryFilters(destinations)
  const columns = useDeliveryColumns(search)

  return (
    <ListSection
      name="deliveries"
      testId="privacy-deliveries"
      subHeading={t(
        asked.webhook_id ? "deliveries.oneWebhook" : "deliveries.description"
      )}
      query={query}
      data={deliveries}
      paging={{ cursor, next, estimate, goNext, goBack }}
      columns={columns}
      filters={filters}
      rowHref={(delivery) => toLogPath(delivery, search)}
    />
  )
}
