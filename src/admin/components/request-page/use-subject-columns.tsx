import { StatusBadge, createDataTableColumnHelper } from "@medusajs/ui"
import { useMemo } from "react"
import { Link } from "react-router-dom"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type RequestType } from "../../lib/contract"
import { type BulkRequest, type PrivacySubject } from "../../lib/request-contract"
import { subjectColors } from "../../lib/request-view"
import { toSubjectWords } from "../../lib/subject-words"
import { SubjectReason } from "./subject-reason"
import { SubjectRetry } from "./subject-retry"

const columnHelper = createDataTableColumnHelper<PrivacySubject>()

export const useSubjectColumns = (
  request: Pick<BulkRequest, "id" | "type" | "status">
) => {
  const { t, tCode } = usePrivacyTranslation()
  const { date, dateTime } = useFormat()
  const { id, type, status } = request

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
            {tCode(toSubjectWords(type), getValue())}
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
        truncateTooltip: false,
        cell: ({ row: { original } }) => (
          <SubjectCustomer subject={original} type={type} />
        ),
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
      columnHelper.display({
        // The name under which the table keeps a narrow column at the end.
        id: "action",
        header: () => (
          <span className="sr-only">{t("request.subjects.actions")}</span>
        ),
        cell: ({ row }) => (
          <SubjectRetry request={{ id, type, status }} subject={row.original} />
        ),
      }),
    ],
    [date, dateTime, id, status, t, tCode, type]
  )
}

interface SubjectCustomerProps {
  subject: PrivacySubject
  type: RequestType
}

const SubjectCustomer = ({ subject, type }: SubjectCustomerProps) => {
  const { t } = usePrivacyTranslation()
  const { customer_id, status } = subject

  if (!customer_id) {
    return <>{t("request.facts.none")}</>
  }

  // An erased customer has no page any more.
  return status === "complete" && type === "erasure" ? (
    <code
      title={customer_id}
      className="txt-compact-small text-ui-fg-muted block max-w-28 truncate"
    >
      {customer_id}
    </code>
  ) : (
    <Link
      to={`/customers/${customer_id}`}
      title={customer_id}
      className="text-ui-fg-interactive hover:text-ui-fg-interactive-hover focus-visible:shadow-borders-focus rounded outline-none"
    >
      <code className="txt-compact-small block max-w-28 truncate">
        {customer_id}
      </code>
    </Link>
  )
}
