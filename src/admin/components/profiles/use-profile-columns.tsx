import { Badge, createDataTableColumnHelper } from "@medusajs/ui"
import { useMemo } from "react"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type PrivacyProfile } from "../../lib/contract"
import { RowLink } from "../common/row-link"
import { ProfileActions } from "./profile-actions"

const columnHelper = createDataTableColumnHelper<PrivacyProfile>()

export const toEditPath = ({ id }: Pick<PrivacyProfile, "id">) =>
  `/settings/privacy/profiles/edit/${id}`

export const useProfileColumns = (canConfigure: boolean) => {
  const { t } = usePrivacyTranslation()
  const { dateTime, number } = useFormat()

  return useMemo(
    () => [
      columnHelper.accessor("name", {
        header: t("profiles.columns.name"),
        cell: ({ row: { original } }) => (
          <div className="max-w-60 truncate">
            {canConfigure ? (
              <RowLink to={toEditPath(original)}>{original.name}</RowLink>
            ) : (
              original.name
            )}
          </div>
        ),
      }),
      columnHelper.accessor("description", {
        header: t("profiles.columns.description"),
        cell: ({ getValue }) => (
          <div className="max-w-80 truncate">{getValue() || "–"}</div>
        ),
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
              // The name under which the table keeps a narrow column at the end.
              id: "action",
              cell: ({ row }) => <ProfileActions profile={row.original} />,
            }),
          ]
        : []),
    ],
    [canConfigure, dateTime, number, t]
  )
}
