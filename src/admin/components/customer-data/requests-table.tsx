import { useLocation } from "react-router-dom"
import { usePrivacyPermissions } from "../../hooks/use-privacy-permissions"
import { usePrivacyRequests } from "../../hooks/use-privacy-requests"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { ListSection } from "../common/list-section"
import { toRequestPath, useRequestColumns } from "./use-request-columns"
import { useRequestFilters, useRequestQuery } from "./use-request-filters"

/** Every request, newest first, live. */
export const RequestsTable = () => {
  const { t } = usePrivacyTranslation()
  const { search } = useLocation()
  const { can, hasAccessRequests } = usePrivacyPermissions()
  const columns = useRequestColumns()
  const filters = useRequestFilters()
  const { requests, count, ...query } = usePrivacyRequests(useRequestQuery())

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
    <ListSection
      name="customerData"
      testId="privacy-requests"
      headingLevel="h1"
      query={query}
      data={requests}
      count={count}
      columns={columns}
      filters={filters}
      actions={actions}
      rowHref={toRequestPath}
    />
  )
}
