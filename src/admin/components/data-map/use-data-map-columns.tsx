import { Badge, Text, createDataTableColumnHelper } from "@medusajs/ui"
import { useMemo } from "react"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type StrategyDescription } from "../../lib/contract"
import { type DataMapRow } from "../../lib/data-map-rows"

const columnHelper = createDataTableColumnHelper<DataMapRow>()

export const useDataMapColumns = (strategies: StrategyDescription[]) => {
  const { t, tCode } = usePrivacyTranslation()

  return useMemo(() => {
    const inWords = (strategy: string) =>
      tCode(
        "strategies",
        strategy,
        strategies.find(({ name }) => name === strategy)?.description
      )

    return [
      columnHelper.accessor("id", {
        header: t("dataMap.columns.field"),
        cell: ({ row }) => (
          <Text size="small" leading="compact" className="whitespace-nowrap">
            <span className="text-ui-fg-muted">{row.original.table}.</span>
            {row.original.column}
          </Text>
        ),
      }),
      columnHelper.accessor("kind", {
        header: t("dataMap.columns.kind"),
        cell: ({ getValue }) => tCode("kinds", getValue()),
      }),
      columnHelper.accessor("category", {
        header: t("dataMap.columns.category"),
        cell: ({ getValue }) => (
          <Badge size="2xsmall">{tCode("categories", getValue())}</Badge>
        ),
      }),
      columnHelper.accessor("anonymize", {
        header: t("dataMap.columns.anonymize"),
        cell: ({ getValue }) => inWords(getValue()),
      }),
      columnHelper.accessor("delete", {
        header: t("dataMap.columns.delete"),
        cell: ({ getValue }) => inWords(getValue()),
      }),
    ]
  }, [strategies, t, tCode])
}
