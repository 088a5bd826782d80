import { useQueryParams } from "@medusajs/dashboard/hooks"
import { createDataTableFilterHelper } from "@medusajs/ui"
import { useMemo } from "react"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { PAGE_SIZE, toText } from "../../lib/table-query"
import { type PrivacyDelivery } from "../../lib/told-contract"
import { DELIVERY_STATUSES, LOCAL_DESTINATIONS } from "../../lib/vocabulary"

const filterHelper = createDataTableFilterHelper<PrivacyDelivery>()

/** The filters the table offers; the destinations of the options come from the server. */
export const useDeliveryFilters = (destinations: string[] = []) => {
  const { t, tCode } = usePrivacyTranslation()

  return useMemo(
    () => [
      filterHelper.accessor("status", {
        type: "radio",
        label: t("deliveries.filters.status"),
        options: DELIVERY_STATUSES.map((value) => ({
          value,
          label: tCode("deliveryStatuses", value),
        })),
      }),
      filterHelper.accessor("destination", {
        type: "radio",
        label: t("deliveries.filters.destination"),
        options: [...destinations, "webhook", ...LOCAL_DESTINATIONS].map((value) => ({
          value,
          label: tCode("destinations", value, value),
        })),
      }),
      filterHelper.accessor("overdue", {
        type: "radio",
        label: t("deliveries.filters.overdue"),
        options: [{ value: "true", label: t("deliveries.filters.yes") }],
      }),
    ],
    [destinations, t, tCode]
  )
}

/** What the address of the page asks for, as the API takes it. */
export const useDeliveryQuery = () => {
  const { q, status, destination, overdue, webhook_id } =
    useQueryParams([
      "q",
      "status",
      "destination",
      "overdue",
      "webhook_id",
    ])

  return {
    limit: PAGE_SIZE,
    q: q?.trim() || undefined,
    status: toText(status),
    destination: toText(destination),
    overdue: overdue ? "true" : undefined,
    webhook_id: webhook_id || undefined,
  }
}
