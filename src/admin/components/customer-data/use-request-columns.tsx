import { Badge, createDataTableColumnHelper } from "@medusajs/ui"
import { useMemo } from "react"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type BulkRequest } from "../../lib/request-contract"
import { RowLink } from "../common/row-link"
import { ActorName } from "../privacy-widget/actor-name"
import { DueDate } from "./due-date"
import { RequestMenu } from "./request-menu"
import { RequestProgress } from "./request-progress"
import { RequestStatus } from "./request-status"

const columnHelper = createDataTableColumnHelper<BulkRequest>()

export const toRequestPath = ({ id }: Pick<BulkRequest, "id">) =>
  `/customer-data/${id}`

export const useRequestColumns = () => {
  const { t, tCode } = usePrivacyTranslation()
  const { date, dateTime, number } = useFormat()

  return useMemo(
    () => [
      columnHelper.accessor("reference", {
        header: t("customerData.columns.reference"),
        cell: ({ row: { original } }) => (
          <RowLink to={toRequestPath(original)}>
            <code className="txt-compact-small">{original.reference}</code>
          </RowLink>
        ),
      }),
      columnHelper.accessor("type", {
        header: t("customerData.columns.type"),
        cell: ({ getValue, row: { original } }) => (
          <span className="flex items-center gap-x-2">
            {tCode("requestTypes", getValue())}
            {original.format && (
              <Badge size="2xsmall">{t(`formats.${original.format}.label`)}</Badge>
            )}
          </span>
        ),
      }),
      columnHelper.accessor("method", {
        header: t("customerData.columns.method"),
        cell: ({ getValue }) => {
          const method = getValue()

          return method
            ? t(`methods.${method}.label`)
            : t("request.facts.none")
        },
      }),
      columnHelper.accessor("requester", {
        header: t("customerData.columns.requester"),
        cell: ({ row: { original } }) => (
          <span className="block max-w-48 truncate">
            <ActorName actor={original.requester ?? original.requested_by} />
          </span>
        ),
      }),
      columnHelper.accessor(({ totals }) => totals.subjects, {
        id: "subjects",
        header: t("customerData.columns.subjects"),
        align: "right",
        cell: ({ getValue }) => (
          <span className="tabular-nums">{number(getValue())}</span>
        ),
      }),
      columnHelper.display({
        id: "progress",
        header: t("customerData.columns.progress"),
        cell: ({ row }) => <RequestProgress request={row.original} />,
      }),
      columnHelper.accessor("status", {
        header: t("customerData.columns.status"),
        truncateTooltip: false,
        cell: ({ row }) => <RequestStatus request={row.original} />,
      }),
      columnHelper.accessor("created_at", {
        header: t("customerData.columns.createdAt"),
        enableSorting: true,
        sortAscLabel: t("customerData.sort.oldest"),
        sortDescLabel: t("customerData.sort.newest"),
        cell: ({ getValue }) => (
          <time dateTime={getValue()} title={dateTime(getValue())}>
            {date(getValue())}
          </time>
        ),
      }),
      columnHelper.accessor("due_at", {
        header: t("customerData.columns.dueAt"),
        truncateTooltip: false,
        enableSorting: true,
        sortAscLabel: t("customerData.sort.soonest"),
        sortDescLabel: t("customerData.sort.latest"),
        cell: ({ row }) => <DueDate request={row.original} />,
      }),
      columnHelper.display({
        // The name under which the table keeps a narrow column at the end.
        id: "action",
        header: () => (
          <span className="sr-only">{t("customerData.columns.actions")}</span>
        ),
        cell: ({ row }) => <RequestMenu request={row.original} />,
      }),
    ],
    [date, dateTime, number, t, tCode]
  )
}
