import { Button, Heading, Text } from "@medusajs/ui"
import { useMemo } from "react"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { DataMap } from "../../lib/contract"
import {
  categoryTarget,
  columnTarget,
  DraftProblems,
  emptyOverride,
  OverrideDraft,
} from "../../lib/profile-draft"
import { CATEGORIES } from "../../lib/vocabulary"
import { OverrideRow } from "./override-row"

interface OverridesFieldProps {
  dataMap: DataMap
  value: OverrideDraft[]
  problems: DraftProblems["overrides"]
  onChange: (overrides: OverrideDraft[]) => void
}

/** The exceptions of a profile: a row each. */
export const OverridesField = ({
  dataMap,
  value,
  problems,
  onChange,
}: OverridesFieldProps) => {
  const { t, tCode } = usePrivacyTranslation()
  const targets = useMemo(
    () => [
      ...CATEGORIES.map((category) => ({
        value: categoryTarget(category),
        label: t("profiles.fields.category", {
          category: tCode("categories", category),
        }),
      })),
      ...dataMap.tables.flatMap(({ table, columns }) =>
        columns.map(({ name }) => ({
          value: columnTarget(table, name),
          label: `${table}.${name}`,
        }))
      ),
    ],
    [dataMap, t, tCode]
  )

  return (
    <section className="flex flex-col gap-y-4">
      <div className="flex items-end justify-between gap-x-4">
        <div className="flex flex-col gap-y-1">
          <Heading level="h2">{t("profiles.fields.overrides")}</Heading>
          <Text size="small" className="text-ui-fg-subtle text-pretty">
            {value.length
              ? t("profiles.fields.overridesHint")
              : t("profiles.fields.noOverrides")}
          </Text>
        </div>
        <Button
          size="small"
          variant="secondary"
          type="button"
          className="shrink-0"
          onClick={() => onChange([...value, emptyOverride()])}
        >
          {t("profiles.fields.addOverride")}
        </Button>
      </div>
      {value.map((override, index) => (
        <OverrideRow
          key={override.id}
          position={index + 1}
          override={override}
          problems={problems[override.id]}
          targets={targets}
          strategies={dataMap.strategies}
          onChange={(next) =>
            onChange(
              value.map((other) => (other.id === next.id ? next : other))
            )
          }
          onRemove={() =>
            onChange(value.filter((other) => other.id !== override.id))
          }
        />
      ))}
    </section>
  )
}
