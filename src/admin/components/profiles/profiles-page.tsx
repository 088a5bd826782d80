import { DataTable } from "@medusajs/dashboard/components"
import { useQueryParams } from "@medusajs/dashboard/hooks"
import { Container } from "@medusajs/ui"
import { usePrivacyPermissions } from "../../hooks/use-privacy-permissions"
import { usePrivacyProfiles } from "../../hooks/use-privacy-profiles"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { LoadError } from "../common/load-error"
import { useProfileColumns } from "./use-profile-columns"

const PAGE_SIZE = 20

export const ProfilesPage = () => {
  const { t } = usePrivacyTranslation()
  const { can } = usePrivacyPermissions()
  const canConfigure = can("configure")
  const columns = useProfileColumns(canConfigure)
  const { offset } = useQueryParams(["offset"])
  const { profiles, count, error, isPending, isFetching, refetch } =
    usePrivacyProfiles({
      limit: PAGE_SIZE,
      offset: Number(offset) || 0,
    })

  if (error) {
    return (
      <LoadError
        error={error}
        isRetrying={isFetching}
        onRetry={() => void refetch()}
      />
    )
  }

  return (
    <Container className="p-0" data-testid="privacy-profiles">
      <DataTable
        heading={t("profiles.title")}
        headingLevel="h2"
        subHeading={t("profiles.description")}
        data={profiles}
        rowCount={count}
        pageSize={PAGE_SIZE}
        isLoading={isPending}
        enableSearch={false}
        columns={columns}
        getRowId={({ id }) => id}
        rowHref={
          canConfigure
            ? ({ id }) => `/settings/privacy/profiles/edit/${id}`
            : undefined
        }
        actions={
          canConfigure
            ? [{ label: t("actions.create"), to: "create" }]
            : undefined
        }
        emptyState={{
          empty: {
            heading: t("profiles.empty.title"),
            description: t("profiles.empty.text"),
          },
        }}
      />
    </Container>
  )
}
