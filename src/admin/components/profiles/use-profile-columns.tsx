import { Badge, createDataTableColumnHelper } from "@medusajs/ui"
import { useMemo } from "react"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type PrivacyProfile } from "../../lib/contract"
import { ProfileActions } from "./profile-actions"

const columnHelper = createDataTableColumnHelper<PrivacyProfile>()

export const useProfileColumns = (canConfigure: boolean) => {
  const { t } = usePrivacyTranslation()
  const { dateTime, number } = useFormat()

  return useMemo(
    () => [
      columnHelper.accessor("name", { header: t("profiles.columns.name") }),
      columnHelper.accessor("description", {
        header: t("profiles.columns.description"),
        cell: ({ getValue }) => getValue() || "–",
      }),
      columnHelper.accessor(({ overrides }) => overrides.length, {
        id: "overrides",
        header: t("profiles.columns.overrides"),
        cell: ({ getValue }) => number(getValue()),
      }),
      columnHelper.accessor("version", {
        header: t("profiles.columns.version"),
        cell: ({ getValue }) => (
          <Badge size="2xsmall">{number(getValue())}</Badge>
        ),
      }),
      columnHelper.accessor("updated_at", {
        header: t("profiles.columns.updatedAt"),
        cell: ({ getValue }) => dateTime(getValue()),
      }),
      ...(canConfigure
        ? [
            columnHelper.display({
              id: "actions",
              cell: ({ row }) => <ProfileActions profile={row.original} />,
            }),
          ]
        : []),
    ],
    [canConfigure, dateTime, number, t]
  )
}
