import { Button, Heading, Hint, Text } from "@medusajs/ui"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type DataMap } from "../../lib/contract"
import {
  type DraftProblems,
  emptyOverride,
  type OverrideDraft,
} from "../../lib/profile-draft"
import { OverrideRow } from "./override-row"
import { useTargetOptions } from "./use-target-options"

interface OverridesFieldProps {
  dataMap: DataMap
  value: OverrideDraft[]
  problems?: DraftProblems
  onChange: (overrides: OverrideDraft[]) => void
}

/** The exceptions of a profile: a row each. */
export const OverridesField = ({
  dataMap,
  value,
  problems,
  onChange,
}: OverridesFieldProps) => {
  const { t } = usePrivacyTranslation()
  const targets = useTargetOptions(dataMap)

  return (
    <section className="flex flex-col gap-y-4">
      <div className="flex items-end justify-between gap-x-4">
        <div className="flex flex-col gap-y-1">
          <Heading level="h2">{t("profiles.fields.overrides")}</Heading>
          <Text size="small" className="text-ui-fg-subtle text-pretty">
            {t("profiles.fields.overridesHint")}
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
      {problems?.list && (
        <Hint variant="error">{t(`profiles.problems.${problems.list}`)}</Hint>
      )}
      {value.map((override, index) => (
        <OverrideRow
          key={override.id}
          position={index + 1}
          override={override}
          problems={problems?.overrides[override.id]}
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
