import { DataTable } from "@medusajs/dashboard/components"
import { useQueryParams } from "@medusajs/dashboard/hooks"
import { Container } from "@medusajs/ui"
import { usePrivacySubjects } from "../../hooks/use-privacy-subjects"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type BulkRequest } from "../../lib/request-contract"
import { toText } from "../../lib/table-query"
import { LoadError } from "../common/load-error"
import { useSubjectColumns } from "./use-subject-columns"
import { useSubjectFilters } from "./use-subject-filters"

const PAGE_SIZE = 20

/** The customers of a request and what became of each. */
export const SubjectsTable = ({ request }: { request: BulkRequest }) => {
  const { t } = usePrivacyTranslation()
  const columns = useSubjectColumns(request)
  const { offset, status, reason } = useQueryParams([
    "offset",
    "status",
    "reason",
  ])
  const { subjects, count, error, isPending, isFetching, refetch } =
    usePrivacySubjects(request, {
      limit: PAGE_SIZE,
      offset: Number(offset) || 0,
      status: toText(status),
      reason: toText(reason),
    })

  const filters = useSubjectFilters(request)

  if (error && !subjects) {
    return (
      <LoadError
        error={error}
        isRetrying={isFetching}
        onRetry={() => void refetch()}
      />
    )
  }

  return (
    <Container className="p-0" data-testid="privacy-subjects">
      <DataTable
        heading={t("request.subjects.title")}
        headingLevel="h2"
        subHeading={t("request.subjects.description")}
        data={subjects}
        rowCount={count}
        pageSize={PAGE_SIZE}
        isLoading={isPending}
        enableSearch={false}
        columns={columns}
        filters={filters}
        getRowId={({ id }) => id}
        emptyState={{
          empty: {
            heading: t("request.subjects.empty.title"),
            description: t("request.subjects.empty.text"),
          },
          filtered: {
            heading: t("request.subjects.filtered.title"),
            description: t("request.subjects.filtered.text"),
          },
        }}
      />
    </Container>
  )
}
