import { DataTable } from "@medusajs/dashboard/components"
import { Container, Text } from "@medusajs/ui"
import { useLocation } from "react-router-dom"
import { usePrivacyPermissions } from "../../hooks/use-privacy-permissions"
import { usePrivacyRequests } from "../../hooks/use-privacy-requests"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { LoadError } from "../common/load-error"
import { useRequestColumns } from "./use-request-columns"
import { useRequestFilters, useRequestQuery } from "./use-request-filters"

const PAGE_SIZE = 20

/** Every request, newest first, live. */
export const RequestsTable = () => {
  const { t } = usePrivacyTranslation()
  const { search } = useLocation()
  const { can, hasAccessRequests } = usePrivacyPermissions()
  const columns = useRequestColumns()
  const filters = useRequestFilters()
  const { requests, count, error, isPending, isFetching, refetch } =
    usePrivacyRequests(useRequestQuery(PAGE_SIZE))

  if (error && !requests) {
    return (
      <LoadError
        error={error}
        isRetrying={isFetching}
        onRetry={() => void refetch()}
      />
    )
  }

  // The filters stay in the address while a window is open.
  const actions = [
    ...(can("extract") && hasAccessRequests
      ? [{ label: t("customerData.extract"), to: `extract${search}` }]
      : []),
    ...(can("erase")
      ? [{ label: t("customerData.erase"), to: `erase${search}` }]
      : []),
  ]

  return (
    <Container className="p-0" data-testid="privacy-requests">
      <DataTable
        heading={t("customerData.title")}
        subHeading={t("customerData.description")}
        data={requests}
        rowCount={count}
        pageSize={PAGE_SIZE}
        isLoading={isPending}
        columns={columns}
        filters={filters}
        actions={actions}
        getRowId={({ id }) => id}
        rowHref={({ id }) => `/customer-data/${id}`}
        emptyState={{
          empty: {
            heading: t("customerData.empty.title"),
            description: t("customerData.empty.text"),
          },
          filtered: {
            heading: t("customerData.filtered.title"),
            description: t("customerData.filtered.text"),
          },
        }}
      />
      {error && (
        <div role="status" className="border-t px-6 py-4">
          <Text size="small" className="text-ui-fg-muted">
            {t("customerData.connectionLost")}
          </Text>
        </div>
      )}
    </Container>
  )
}
