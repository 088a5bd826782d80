import { createDataTableColumnHelper } from "@medusajs/ui"
import { useMemo } from "react"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type PrivacyDelivery } from "../../lib/told-contract"
import { RowLink } from "../common/row-link"
import { DeliveryDestination } from "./delivery-destination"
import { DeliveryMenu } from "./delivery-menu"
import { DeliveryStatus } from "./delivery-status"

const columnHelper = createDataTableColumnHelper<PrivacyDelivery>()

/** The filters stay in the address while the log is open. */
export const toLogPath = ({ id }: Pick<PrivacyDelivery, "id">, search: string) =>
  `/settings/privacy/deliveries/log/${id}${search}`

export const useDeliveryColumns = (search: string) => {
  const { t, tCode } = usePrivacyTranslation()
  const { dateTime, number } = useFormat()

  return useMemo(
    () => [
      columnHelper.accessor("destination", {
        header: t("deliveries.columns.destination"),
        cell: ({ row: { original } }) => (
          <RowLink to={toLogPath(original, search)} className="block max-w-72">
            <DeliveryDestination delivery={original} />
          </RowLink>
        ),
      }),
      columnHelper.accessor("event", {
        header: t("deliveries.columns.event"),
        cell: ({ getValue }) => tCode("webhookEvents", getValue(), getValue()),
      }),
      columnHelper.accessor("reference", {
        header: t("deliveries.columns.reference"),
        cell: ({ getValue }) => (
          <code className="txt-compact-small">
            {getValue() ?? t("deliveries.none")}
          </code>
        ),
      }),
      columnHelper.accessor("status", {
        header: t("deliveries.columns.status"),
        truncateTooltip: false,
        cell: ({ row }) => <DeliveryStatus delivery={row.original} />,
      }),
      columnHelper.accessor("attempts", {
        header: t("deliveries.columns.attempts"),
        align: "right",
        cell: ({ getValue }) => (
          <span className="tabular-nums">{number(getValue())}</span>
        ),
      }),
      columnHelper.accessor("next_attempt_at", {
        header: t("deliveries.columns.next"),
        cell: ({ getValue }) => {
          const next = getValue()

          return next ? dateTime(next) : t("deliveries.none")
        },
      }),
      columnHelper.accessor("created_at", {
        header: t("deliveries.columns.createdAt"),
        cell: ({ getValue }) => dateTime(getValue()),
      }),
      columnHelper.display({
        // The name under which the table keeps a narrow column at the end.
        id: "action",
        cell: ({ row }) => <DeliveryMenu delivery={row.original} />,
      }),
    ],
    [dateTime, number, search, t, tCode]
  )
}
