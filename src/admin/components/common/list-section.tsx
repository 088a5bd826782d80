import { DataTable } from "@medusajs/dashboard/components"
import { Container, Text } from "@medusajs/ui"
import { type ComponentProps } from "react"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type QueryState } from "../../lib/query-state"
import { PAGE_SIZE } from "../../lib/table-query"
import { KeyPager, type KeyPaging } from "./key-pager"
import { LoadError } from "./load-error"

type ListName =
  | "customerData"
  | "dataMap"
  | "deliveries"
  | "profiles"
  | "request.subjects"
  | "webhooks"

type TableProps<T> = ComponentProps<typeof DataTable<T>>

interface ListSectionProps<T>
  extends Pick<
    TableProps<T>,
    | "actions"
    | "columns"
    | "data"
    | "enableSearch"
    | "filterBarContent"
    | "filters"
    | "headingLevel"
    | "rowHref"
    | "subHeading"
  > {
  /** Whose texts it has. */
  name: ListName
  testId: string
  /** Rows in all, of which `data` is a page. */
  count?: number
  /** Where the list is paged by key instead of by number. */
  paging?: KeyPaging
  /** Where the rows come from the server by themselves. */
  query?: QueryState
}

/** A list: its table, and what is shown while there is none. Search, filters, order and page stand in the address. */
export const ListSection = <T extends { id: string }>({
  name,
  testId,
  count,
  paging,
  query,
  data,
  ...table
}: ListSectionProps<T>) => {
  const { t } = usePrivacyTranslation()

  if (query?.error && !data) {
    return (
      <LoadError
        error={query.error}
        isRetrying={query.isFetching}
        onRetry={() => void query.refetch()}
      />
    )
  }

  return (
    <Container
      // The dashboard's toolbar is one line however narrow the window; here it wraps.
      className="p-0 [&_.justify-between.gap-2]:flex-wrap [&_.justify-between.gap-2_.gap-x-2>*]:whitespace-nowrap max-sm:[&_.justify-between.gap-2_.gap-x-2]:flex-wrap max-sm:[&_.justify-between.gap-2_.gap-x-2]:gap-y-2"
      data-testid={testId}
    >
      <DataTable
        heading={t(`${name}.title`)}
        headingLevel="h2"
        subHeading={t(`${name}.description`)}
        data={data}
        rowCount={count}
        pageSize={PAGE_SIZE}
        enablePagination={!paging}
        isLoading={query?.isLoading}
        getRowId={({ id }) => id}
        emptyState={{
          empty: {
            heading: t(`${name}.empty.title`),
            description: t(`${name}.empty.text`),
          },
          filtered:
            name === "profiles" || name === "webhooks"
              ? undefined
              : {
                  heading: t(`${name}.filtered.title`),
                  description: t(`${name}.filtered.text`),
                },
        }}
        {...table}
      />
      {paging && <KeyPager {...paging} />}
      {Boolean(query?.error) && (
        <div role="status" className="border-t px-6 py-4">
          <Text size="small" className="text-ui-fg-muted">
            {t("customerData.connectionLost")}
          </Text>
        </div>
      )}
    </Container>
  )
}
