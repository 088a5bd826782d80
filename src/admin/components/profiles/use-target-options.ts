import { useMemo } from "react"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type DataMap } from "../../lib/contract"
import { categoryTarget, columnTarget } from "../../lib/profile-draft"
import { CATEGORIES, FIXED_CATEGORIES } from "../../lib/vocabulary"
import { type TargetOption } from "./target-combobox"

/** What a profile can make an exception for: categories, columns of one table, columns of every table. */
export const useTargetOptions = (dataMap: DataMap): TargetOption[] => {
  const { t, tCode } = usePrivacyTranslation()

  return useMemo(() => {
    const columns = dataMap.tables.flatMap(({ table, columns }) =>
      columns
        .filter(({ category }) => !FIXED_CATEGORIES.includes(category))
        .map(({ name }) => ({ table, name }))
    )
    const fixedNames = new Set(
      dataMap.tables.flatMap(({ columns }) =>
        columns
          .filter(({ category }) => FIXED_CATEGORIES.includes(category))
          .map(({ name }) => name)
      )
    )
    const names = [...new Set(columns.map(({ name }) => name))]

    return [
      ...CATEGORIES.filter(
        (category) => !FIXED_CATEGORIES.includes(category)
      ).map((category) => ({
        value: categoryTarget(category),
        label: t("profiles.fields.category", {
          category: tCode("categories", category),
        }),
      })),
      // A name that is fixed in one table would be refused for every table.
      ...names
        .filter((name) => !fixedNames.has(name))
        .map((name) => ({
          value: columnTarget(name),
          label: t("profiles.fields.everyTable", { column: name }),
        })),
      ...columns.map(({ table, name }) => ({
        value: columnTarget(name, table),
        label: `${table}.${name}`,
      })),
    ]
  }, [dataMap, t, tCode])
}
