import { useQueryParams } from "@medusajs/dashboard/hooks"
import { usePrivacyPermissions } from "../../hooks/use-privacy-permissions"
import { usePrivacyProfiles } from "../../hooks/use-privacy-profiles"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { toPage } from "../../lib/table-query"
import { ListSection } from "../common/list-section"
import { toEditPath, useProfileColumns } from "./use-profile-columns"

export const ProfilesPage = () => {
  const { t } = usePrivacyTranslation()
  const canConfigure = usePrivacyPermissions().can("configure")
  const columns = useProfileColumns(canConfigure)
  const { offset } = useQueryParams(["offset"])
  const { profiles, count, ...query } = usePrivacyProfiles(toPage(offset))

  return (
    <ListSection
      name="profiles"
      testId="privacy-profiles"
      query={query}
      data={profiles}
      count={count}
      columns={columns}
      enableSearch={false}
      rowHref={canConfigure ? toEditPath : undefined}
      actions={
        canConfigure ? [{ label: t("actions.create"), to: "create" }] : undefined
      }
    />
  )
}
