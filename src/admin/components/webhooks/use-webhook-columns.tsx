import { Badge, createDataTableColumnHelper } from "@medusajs/ui"
import { useMemo } from "react"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type PrivacyWebhook } from "../../lib/told-contract"
import { RowLink } from "../common/row-link"
import { WebhookActions } from "./webhook-actions"
import { WebhookStatus } from "./webhook-status"

const columnHelper = createDataTableColumnHelper<PrivacyWebhook>()

export const toEditPath = ({ id }: Pick<PrivacyWebhook, "id">) =>
  `/settings/privacy/webhooks/edit/${id}`

export const useWebhookColumns = (canConfigure: boolean) => {
  const { t, tCode } = usePrivacyTranslation()
  const { dateTime } = useFormat()

  return useMemo(
    () => [
      columnHelper.accessor("url", {
        header: t("webhooks.columns.url"),
        truncateTooltip: false,
        cell: ({ row: { original } }) => (
          <div
            className="flex w-80 max-w-[50vw] flex-col py-2"
            title={original.url}
          >
            {canConfigure ? (
              <RowLink to={toEditPath(original)} className="truncate">
                {original.url}
              </RowLink>
            ) : (
              <span className="truncate">{original.url}</span>
            )}
            {original.description && (
              <span
                className="text-ui-fg-muted truncate"
                title={original.description}
              >
                {original.description}
              </span>
            )}
          </div>
        ),
      }),
      columnHelper.accessor("event_types", {
        header: t("webhooks.columns.events"),
        truncateTooltip: false,
        cell: ({ getValue }) => (
          <div className="flex gap-1">
            {getValue().map((type) => (
              <Badge key={type} size="2xsmall" title={type}>
                {tCode("webhookEvents", type)}
              </Badge>
            ))}
          </div>
        ),
      }),
      columnHelper.accessor("enabled", {
        header: t("webhooks.columns.status"),
        truncateTooltip: false,
        cell: ({ row }) => <WebhookStatus webhook={row.original} />,
      }),
      columnHelper.accessor("last_delivery", {
        header: t("webhooks.columns.last"),
        cell: ({ getValue }) => {
          const last = getValue()

          return last
            ? `${tCode("deliveryStatuses", last.status)}, ${dateTime(last.at)}`
            : t("webhooks.never")
        },
      }),
      columnHelper.display({
        // The name under which the table keeps a narrow column at the end.
        id: "action",
        cell: ({ row }) => <WebhookActions webhook={row.original} />,
      }),
    ],
    [canConfigure, dateTime, t, tCode]
  )
}
