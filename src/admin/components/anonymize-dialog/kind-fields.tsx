import { Badge, Text } from "@medusajs/ui"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type DataMapTable, type StrategyDescription } from "../../lib/contract"

interface KindFieldsProps {
  tables: DataMapTable[]
  strategies: StrategyDescription[]
}

/** The columns of one kind of record, with what happens to each in plain words. */
export const KindFields = ({ tables, strategies }: KindFieldsProps) => {
  const { t, tCode } = usePrivacyTranslation()
  const descriptions = new Map(
    strategies.map(({ name, description }) => [name, description])
  )

  return (
    <div className="flex flex-col gap-y-4 pb-4 pl-14 pr-4">
      {tables.map(({ table, columns }) => (
        <div key={table} className="flex flex-col gap-y-1.5">
          <Text size="xsmall" family="mono" className="text-ui-fg-muted">
            {table}
          </Text>
          <ul className="flex flex-col gap-y-1.5">
            {columns.map(({ name, category, strategy, removed }) => (
              <li
                key={name}
                className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] items-center gap-x-3"
              >
                <div className="min-w-0">
                  <Text size="small" leading="compact" className="break-words">
                    {name}
                  </Text>
                  <Text size="xsmall" className="text-ui-fg-muted">
                    {tCode("categories", category)}
                  </Text>
                </div>
                <Text
                  size="small"
                  leading="compact"
                  className="text-ui-fg-subtle"
                >
                  {tCode("strategies", strategy, descriptions.get(strategy))}
                </Text>
                <Badge size="2xsmall" color={removed ? "red" : "grey"}>
                  {t(removed ? "dialog.fields.removed" : "dialog.fields.kept")}
                </Badge>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  )
}
