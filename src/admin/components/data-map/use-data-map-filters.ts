import { useQueryParams } from "@medusajs/dashboard/hooks"
import { createDataTableFilterHelper } from "@medusajs/ui"
import { useMemo } from "react"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type DataMapRow } from "../../lib/data-map-rows"
import { CATEGORIES } from "../../lib/vocabulary"

const filterHelper = createDataTableFilterHelper<DataMapRow>()

/** The filters the table offers. */
export const useDataMapFilters = (rows: DataMapRow[]) => {
  const { t, tCode } = usePrivacyTranslation()

  return useMemo(
    () => [
      filterHelper.accessor("category", {
        type: "multiselect",
        label: t("dataMap.filters.category"),
        options: CATEGORIES.map((category) => ({
          value: category,
          label: tCode("categories", category),
        })),
      }),
      filterHelper.accessor("kind", {
        type: "multiselect",
        label: t("dataMap.filters.kind"),
        searchable: true,
        options: [...new Set(rows.map(({ kind }) => kind))].map((kind) => ({
          value: kind,
          label: tCode("kinds", kind),
        })),
      }),
    ],
    [rows, t, tCode]
  )
}

const toList = (param?: string): string[] | undefined => {
  if (!param) {
    return undefined
  }

  try {
    const parsed: unknown = JSON.parse(param)

    return Array.isArray(parsed) ? parsed.map(String) : [String(parsed)]
  } catch {
    // An address written by hand.
    return [param]
  }
}

/** What the address of the page asks for. */
export const useDataMapQuery = () => {
  const { q, offset, category, kind } = useQueryParams([
    "q",
    "offset",
    "category",
    "kind",
  ])

  return {
    offset: Number(offset) || 0,
    filter: { text: q, categories: toList(category), kinds: toList(kind) },
  }
}
