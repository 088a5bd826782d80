import { useSearchParams } from "react-router-dom"
import { useDataMap } from "../../hooks/use-data-map"
import { LoadError } from "../common/load-error"
import { TableSkeleton } from "../common/table-skeleton"
import { CoverageSection } from "./coverage-section"
import { DataMapTable } from "./data-map-table"
import { IndexesSection } from "./indexes-section"

const PROFILE_PARAM = "profile_id"

/** Every field the plugin knows, with what happens to it, and the columns nobody has classified. */
export const DataMapPage = () => {
  const [searchParams, setSearchParams] = useSearchParams()
  const profileId = searchParams.get(PROFILE_PARAM) ?? undefined
  const onAnonymize = useDataMap("anonymize", profileId)
  const onDelete = useDataMap("delete", profileId)
  const error = onAnonymize.error ?? onDelete.error

  const handleProfileChange = (nextProfileId?: string) =>
    setSearchParams((params) => {
      if (nextProfileId) {
        params.set(PROFILE_PARAM, nextProfileId)
      } else {
        params.delete(PROFILE_PARAM)
      }

      return params
    })

  if (error) {
    return (
      <LoadError
        error={error}
        isRetrying={onAnonymize.isFetching || onDelete.isFetching}
        onRetry={() => {
          void onAnonymize.refetch()
          void onDelete.refetch()
        }}
      />
    )
  }

  if (!onAnonymize.dataMap || !onDelete.dataMap) {
    return <TableSkeleton />
  }

  return (
    <>
      <CoverageSection coverage={onAnonymize.dataMap.coverage} />
      <IndexesSection />
      <DataMapTable
        anonymizeMap={onAnonymize.dataMap}
        deleteMap={onDelete.dataMap}
        profileId={profileId}
        onProfileChange={handleProfileChange}
      />
    </>
  )
}
