import { Table } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

interface PagerProps {
  count: number
  pageSize: number
  page: number
  onChange: (page: number) => void
}

/** Below a list that is cut into pages on the screen; not there while one page is enough. */
export const Pager = ({ count, pageSize, page, onChange }: PagerProps) => {
  // The dashboard's own words for the same thing.
  const { t } = useTranslation()
  const pages = Math.ceil(count / pageSize)

  return pages > 1 ? (
    <Table.Pagination
      count={count}
      pageSize={pageSize}
      pageIndex={page}
      pageCount={pages}
      canPreviousPage={page > 0}
      canNextPage={page < pages - 1}
      previousPage={() => onChange(page - 1)}
      nextPage={() => onChange(page + 1)}
      translations={{
        of: t("general.of"),
        results: t("general.results"),
        pages: t("general.pages"),
        prev: t("general.prev"),
        next: t("general.next"),
      }}
    />
  ) : null
}
