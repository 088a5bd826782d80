import { Container, Skeleton, clx } from "@medusajs/ui"
import { useDataMap } from "../../hooks/use-data-map"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type ErasureMethod } from "../../lib/contract"
import { groupByKind } from "../../lib/data-map-rows"
import { Disclosure } from "../common/disclosure"
import { ErrorState } from "../common/error-state"
import { KindFields } from "./kind-fields"

interface FieldBreakdownProps {
  method: ErasureMethod
  profileId?: string
}

/** Field by field what the chosen method and profile remove and keep. */
export const FieldBreakdown = (props: FieldBreakdownProps) => {
  const { t } = usePrivacyTranslation()

  return (
    <Container className="p-0" data-testid="privacy-fields">
      <Disclosure title={t("dialog.fields.title")}>
        <FieldGroups {...props} />
      </Disclosure>
    </Container>
  )
}

const FieldGroups = ({ method, profileId }: FieldBreakdownProps) => {
  const { t, tCode } = usePrivacyTranslation()
  const { dataMap, error, isFetching, isPlaceholderData, refetch } = useDataMap(
    method,
    profileId
  )

  if (error) {
    return (
      <ErrorState
        title={t("dialog.fields.error")}
        error={error}
        isRetrying={isFetching}
        onRetry={() => void refetch()}
      />
    )
  }

  if (!dataMap) {
    return (
      <div
        aria-busy="true"
        aria-label={t("dialog.fields.loading")}
        className="flex flex-col gap-y-2 px-4 pb-4"
      >
        <Skeleton className="h-8 w-full" />
        <Skeleton className="h-8 w-full" />
        <Skeleton className="h-8 w-full" />
      </div>
    )
  }

  const { strategies } = dataMap

  return (
    <ul
      // While the fields of another choice load, the old ones must not pass for them.
      aria-busy={isPlaceholderData}
      className={clx("divide-y border-t", { "opacity-40": isPlaceholderData })}
    >
      {groupByKind(dataMap).map(({ kind, tables, removed, kept }) => (
        <li key={kind}>
          <Disclosure
            isNested
            title={tCode("kinds", kind)}
            aside={t("dialog.fields.summary", { removed, kept })}
          >
            <KindFields tables={tables} strategies={strategies} />
          </Disclosure>
        </li>
      ))}
    </ul>
  )
}
