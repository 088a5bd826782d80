import { DataTable } from "@medusajs/dashboard/components"
import { Container } from "@medusajs/ui"
import { useLocation } from "react-router-dom"
import { usePrivacyDeliveries } from "../../hooks/use-privacy-deliveries"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { LoadError } from "../common/load-error"
import { useDeliveryColumns } from "./use-delivery-columns"
import { useDeliveryFilters, useDeliveryQuery } from "./use-delivery-filters"

const PAGE_SIZE = 20

/** Who was told what, newest first. */
export const DeliveriesPage = () => {
  const { t } = usePrivacyTranslation()
  const { search } = useLocation()
  const columns = useDeliveryColumns()
  const query = useDeliveryQuery(PAGE_SIZE)
  const {
    deliveries,
    destinations,
    count,
    error,
    isPending,
    isFetching,
    refetch,
  } = usePrivacyDeliveries(query)
  const filters = useDeliveryFilters(destinations)

  if (error && !deliveries) {
    return (
      <LoadError
        error={error}
        isRetrying={isFetching}
        onRetry={() => void refetch()}
      />
    )
  }

  return (
    <Container className="p-0" data-testid="privacy-deliveries">
      <DataTable
        heading={t("deliveries.title")}
        headingLevel="h2"
        subHeading={t(
          query.webhook_id ? "deliveries.oneWebhook" : "deliveries.description"
        )}
        data={deliveries}
        rowCount={count}
        pageSize={PAGE_SIZE}
        isLoading={isPending}
        columns={columns}
        filters={filters}
        getRowId={({ id }) => id}
        // The filters stay in the address while the log is open.
        rowHref={({ id }) => `/settings/privacy/deliveries/log/${id}${search}`}
        emptyState={{
          empty: {
            heading: t("deliveries.empty.title"),
            description: t("deliveries.empty.text"),
          },
          filtered: {
            heading: t("deliveries.filtered.title"),
            description: t("deliveries.filtered.text"),
          },
        }}
      />
    </Container>
  )
}
