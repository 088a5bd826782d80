import { StatusBadge, createDataTableColumnHelper } from "@medusajs/ui"
import { useMemo } from "react"
import { Link } from "react-router-dom"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type PrivacySubject } from "../../lib/request-contract"
import { subjectColors } from "../../lib/request-view"
import { SubjectReason } from "./subject-reason"

const columnHelper = createDataTableColumnHelper<PrivacySubject>()

export const useSubjectColumns = () => {
  const { t, tCode } = usePrivacyTranslation()
  const { date, dateTime } = useFormat()

  return useMemo(
    () => [
      columnHelper.accessor("identifier_redacted", {
        header: t("request.subjects.identifier"),
      }),
      columnHelper.accessor("status", {
        header: t("request.subjects.status"),
        truncateTooltip: false,
        cell: ({ getValue }) => (
          <StatusBadge color={subjectColors[getValue()] ?? "grey"}>
            {tCode("subjectStatuses", getValue())}
          </StatusBadge>
        ),
      }),
      columnHelper.accessor(({ error }) => error, {
        id: "reason",
        header: t("request.subjects.reason"),
        truncateTooltip: false,
        cell: ({ row }) => <SubjectReason subject={row.original} />,
      }),
      columnHelper.accessor("customer_id", {
        header: t("request.subjects.customer"),
        cell: ({ row: { original } }) => <SubjectCustomer subject={original} />,
      }),
      columnHelper.accessor("processed_at", {
        header: t("request.subjects.processedAt"),
        cell: ({ getValue }) => {
          const at = getValue()

          return at ? (
            <time dateTime={at} title={dateTime(at)}>
              {date(at)}
            </time>
          ) : (
            t("request.facts.none")
          )
        },
      }),
    ],
    [date, dateTime, t, tCode]
  )
}

const SubjectCustomer = ({ subject }: { subject: PrivacySubject }) => {
  const { t } = usePrivacyTranslation()
  const { customer_id, status } = subject

  if (!customer_id) {
    return <>{t("request.facts.none")}</>
  }

  // An erased customer has no page any more.
  return status === "complete" ? (
    <code className="txt-compact-small text-ui-fg-muted">{customer_id}</code>
  ) : (
    <Link
      to={`/customers/${customer_id}`}
      className="text-ui-fg-interactive hover:text-ui-fg-interactive-hover focus-visible:shadow-borders-focus rounded outline-none"
    >
      <code className="txt-compact-small">{customer_id}</code>
    </Link>
  )
}
