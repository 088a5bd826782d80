import { useLocation } from "react-router-dom"
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
  const { deliveries, destinations, count, ...query } =
    usePrivacyDeliveries(asked)
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
      count={count}
      columns={columns}
      filters={filters}
      rowHref={(delivery) => toLogPath(delivery, search)}
    />
  )
}
