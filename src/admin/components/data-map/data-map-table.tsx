import { DataTable } from "@medusajs/dashboard/components"
import { Container } from "@medusajs/ui"
import { useMemo } from "react"
import { usePrivacyProfiles } from "../../hooks/use-privacy-profiles"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type DataMap } from "../../lib/contract"
import { filterDataMapRows, toDataMapRows } from "../../lib/data-map-rows"
import { PROFILE_CHOICES } from "../../lib/vocabulary"
import { ProfileSelect } from "../common/profile-select"
import { useDataMapColumns } from "./use-data-map-columns"
import { useDataMapFilters, useDataMapQuery } from "./use-data-map-filters"

const PAGE_SIZE = 20

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
    <Container className="p-0" data-testid="privacy-data-map">
      <DataTable
        heading={t("dataMap.title")}
        headingLevel="h2"
        subHeading={t("dataMap.description")}
        data={found.slice(offset, offset + PAGE_SIZE)}
        rowCount={found.length}
        pageSize={PAGE_SIZE}
        columns={columns}
        filters={filters}
        getRowId={({ id }) => id}
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
        emptyState={{
          empty: {
            heading: t("dataMap.empty.title"),
            description: t("dataMap.empty.text"),
          },
          filtered: {
            heading: t("dataMap.filtered.title"),
            description: t("dataMap.filtered.text"),
          },
        }}
      />
    </Container>
  )
}
