import { useMemo } from "react"
import { usePrivacyProfiles } from "../../hooks/use-privacy-profiles"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type DataMap } from "../../lib/contract"
import { filterDataMapRows, toDataMapRows } from "../../lib/data-map-rows"
import { PAGE_SIZE } from "../../lib/table-query"
import { PROFILE_CHOICES } from "../../lib/vocabulary"
import { ListSection } from "../common/list-section"
import { ProfileSelect } from "../common/profile-select"
import { useDataMapColumns } from "./use-data-map-columns"
import { useDataMapFilters, useDataMapQuery } from "./use-data-map-filters"

interface DataMapTableProps {
  anonymizeMap: DataMap
  deleteMap: DataMap
  profileId?: string
  onProfileChange: (profileId?: string) => void
}

export const DataMapTable = ({
  anonymizeMap,
  deleteMap,
  profileId,
  onProfileChange,
}: DataMapTableProps) => {
  const { t } = usePrivacyTranslation()
  const { profiles } = usePrivacyProfiles({ limit: PROFILE_CHOICES })
  const rows = useMemo(
    () => toDataMapRows(anonymizeMap, deleteMap),
    [anonymizeMap, deleteMap]
  )
  const columns = useDataMapColumns(anonymizeMap.strategies)
  const filters = useDataMapFilters(rows)
  const { offset, filter } = useDataMapQuery()

  const found = filterDataMapRows(rows, filter)

  return (
    <ListSection
      name="dataMap"
      testId="privacy-data-map"
      data={found.slice(offset, offset + PAGE_SIZE)}
      count={found.length}
      columns={columns}
      filters={filters}
      filterBarContent={
        profiles?.length ? (
          <div className="w-48">
            <ProfileSelect
              size="small"
              label={t("dataMap.profile")}
              profiles={profiles}
              value={profileId}
              onChange={onProfileChange}
            />
          </div>
        ) : undefined
      }
    />
  )
}
