import { XMarkMini } from "@medusajs/icons"
import { Hint, IconButton, Input, Label, Select } from "@medusajs/ui"
import { useId } from "react"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type StrategyDescription } from "../../lib/contract"
import { type DraftProblems, type OverrideDraft } from "../../lib/profile-draft"
import { TargetCombobox, type TargetOption } from "./target-combobox"

const hinted = ["keys", "form", "value"] as const

const isHinted = (option: string): option is (typeof hinted)[number] =>
  hinted.some((name) => name === option)

interface OverrideRowProps {
  position: number
  override: OverrideDraft
  problems?: DraftProblems["overrides"][string]
  targets: TargetOption[]
  strategies: StrategyDescription[]
  onChange: (override: OverrideDraft) => void
  onRemove: () => void
}

export const OverrideRow = ({
  position,
  override,
  problems,
  targets,
  strategies,
  onChange,
  onRemove,
}: OverrideRowProps) => {
  const { t, tCode } = usePrivacyTranslation()
  const id = useId()
  const strategy = strategies.find(({ name }) => name === override.strategy)

  return (
    <div
      data-testid={`privacy-override-${position}`}
      className="bg-ui-bg-component shadow-elevation-card-rest grid grid-cols-[minmax(0,1fr)_28px] items-start gap-x-2 rounded-xl p-3"
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-y-1">
          <Label htmlFor={`${id}-target`} size="xsmall" weight="plus">
            {t("profiles.fields.target")}
          </Label>
          <TargetCombobox
            id={`${id}-target`}
            options={targets}
            value={override.target}
            isInvalid={Boolean(problems?.target)}
            onChange={(target) => onChange({ ...override, target })}
          />
          {problems?.target && (
            <Hint variant="error">
              {t(`profiles.problems.${problems.target}`)}
            </Hint>
          )}
        </div>
        <div className="flex min-w-0 flex-col gap-y-1">
          <Label htmlFor={`${id}-strategy`} size="xsmall" weight="plus">
            {t("profiles.fields.strategy")}
          </Label>
          <Select
            value={override.strategy}
            onValueChange={(next) =>
              onChange({ ...override, strategy: next, options: {} })
            }
          >
            <Select.Trigger
              id={`${id}-strategy`}
              aria-invalid={Boolean(problems?.strategy)}
            >
              <Select.Value
                placeholder={t("profiles.fields.strategyPlaceholder")}
              />
            </Select.Trigger>
            <Select.Content>
              {strategies.map(({ name, description }) => (
                <Select.Item key={name} value={name}>
                  {tCode("strategies", name, description)}
                </Select.Item>
              ))}
            </Select.Content>
          </Select>
          {problems?.strategy && (
            <Hint variant="error">
              {t(`profiles.problems.${problems.strategy}`)}
            </Hint>
          )}
        </div>
        {strategy?.options.map((option) => (
          <div key={option} className="flex min-w-0 flex-col gap-y-1">
            <Label htmlFor={`${id}-${option}`} size="xsmall" weight="plus">
              {tCode("strategyOptions", option)}
            </Label>
            <Input
              id={`${id}-${option}`}
              autoComplete="off"
              value={override.options[option] ?? ""}
              aria-describedby={`${id}-${option}-hint`}
              onChange={({ target }) =>
                onChange({
                  ...override,
                  options: { ...override.options, [option]: target.value },
                })
              }
            />
            <div id={`${id}-${option}-hint`}>
              {isHinted(option) && (
                <Hint>{t(`profiles.optionHints.${option}`)}</Hint>
              )}
            </div>
          </div>
        ))}
      </div>
      <IconButton
        size="small"
        variant="transparent"
        type="button"
        aria-label={t("profiles.fields.removeOverride", { position })}
        onClick={onRemove}
      >
        <XMarkMini />
      </IconButton>
    </div>
  )
}
