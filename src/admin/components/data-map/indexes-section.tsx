import { Button, Container, Heading, Skeleton, Text } from "@medusajs/ui"
import { useState } from "react"
import { useIndexActions } from "../../hooks/use-index-actions"
import { useMissingIndexes } from "../../hooks/use-missing-indexes"
import { usePrivacyPermissions } from "../../hooks/use-privacy-permissions"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { ErrorState } from "../common/error-state"
import { ExpandButton } from "../common/expand-button"
import { IndexesTable } from "./indexes-table"

const SHORT_LENGTH = 5

/** Indexes that would spare the database reading whole tables, and the way to have them created. */
export const IndexesSection = () => {
  const { t } = usePrivacyTranslation()
  const { can } = usePrivacyPermissions()
  const { indexes, error, isFetching, refetch } = useMissingIndexes()
  const { create, isPending } = useIndexActions(indexes)
  const [isExpanded, setIsExpanded] = useState(false)

  const open = indexes?.filter(({ status }) => status !== "building") ?? []
  const shown = isExpanded ? indexes : indexes?.slice(0, SHORT_LENGTH)

  return (
    <Container className="divide-y p-0" data-testid="privacy-indexes">
      <div className="flex flex-wrap items-start justify-between gap-3 px-6 py-4">
        <div className="min-w-0 flex-1 basis-80">
          <Heading level="h2">{t("dataMap.indexes.title")}</Heading>
          <Text size="small" className="text-ui-fg-subtle text-pretty">
            {t(
              indexes?.length === 0
                ? "dataMap.indexes.none"
                : "dataMap.indexes.text"
            )}
          </Text>
        </div>
        {can("configure") && open.length > 1 && (
          <Button
            size="small"
            variant="secondary"
            type="button"
            data-testid="privacy-create-indexes"
            isLoading={isPending}
            onClick={() => void create(open)}
          >
            {t("dataMap.indexes.createAll")}
          </Button>
        )}
      </div>
      {!indexes && !error && (
        <div className="px-6 py-4" aria-busy="true">
          <Skeleton className="h-52 w-full" />
        </div>
      )}
      {!indexes && error && (
        <ErrorState
          title={t("dataMap.indexes.loadError")}
          error={error}
          isRetrying={isFetching}
          onRetry={() => void refetch()}
        />
      )}
      {shown && shown.length > 0 && (
        <IndexesTable
          indexes={shown}
          onCreate={
            can("configure") ? (index) => void create([index]) : undefined
          }
        />
      )}
      {indexes && indexes.length > SHORT_LENGTH && (
        <div className="px-6 py-3">
          <ExpandButton
            isExpanded={isExpanded}
            count={indexes.length}
            onChange={setIsExpanded}
          />
        </div>
      )}
    </Container>
  )
}
