import { useQueryParams } from "@medusajs/dashboard/hooks"
import { usePrivacySubjects } from "../../hooks/use-privacy-subjects"
import { type BulkRequest } from "../../lib/request-contract"
import { toPage, toText } from "../../lib/table-query"
import { ListSection } from "../common/list-section"
import { useSubjectColumns } from "./use-subject-columns"
import { useSubjectFilters } from "./use-subject-filters"

/** The customers of a request and what became of each. */
export const SubjectsTable = ({ request }: { request: BulkRequest }) => {
  const columns = useSubjectColumns(request)
  const filters = useSubjectFilters(request)
  const { offset, status, reason } = useQueryParams([
    "offset",
    "status",
    "reason",
  ])
  const { subjects, count, ...query } = usePrivacySubjects(request, {
    ...toPage(offset),
    status: toText(status),
    reason: toText(reason),
  })

  return (
    <ListSection
      name="request.subjects"
      testId="privacy-subjects"
      query={query}
      data={subjects}
      count={count}
      columns={columns}
      filters={filters}
      enableSearch={false}
    />
  )
}
