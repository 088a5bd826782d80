import { useQueryParams } from "@medusajs/dashboard/hooks"
import { createDataTableFilterHelper } from "@medusajs/ui"
import { useMemo } from "react"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { toText } from "../../lib/table-query"
import { DELIVERY_STATUSES, type PrivacyDelivery } from "../../lib/told-contract"

const filterHelper = createDataTableFilterHelper<PrivacyDelivery>()

/** Parts of Medusa that are told too; the destinations of the options come from the server. */
const OWN = [
  "webhook",
  "event_bus",
  "workflow",
  "copies",
  "files",
  "exports",
  "archives",
  "feed",
  "email",
]

/** The filters the table offers. */
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
        options: [...destinations, ...OWN].map((value) => ({
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
export const useDeliveryQuery = (limit: number) => {
  const { q, offset, status, destination, overdue, webhook_id } =
    useQueryParams([
      "q",
      "offset",
      "status",
      "destination",
      "overdue",
      "webhook_id",
    ])

  return {
    limit,
    offset: Number(offset) || 0,
    q: q?.trim() || undefined,
    status: toText(status),
    destination: toText(destination),
    overdue: overdue ? "true" : undefined,
    webhook_id: webhook_id || undefined,
  }
}
