import { Checkbox, Heading, Label, Text } from "@medusajs/ui"
import { useId } from "react"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type Hold } from "../../lib/contract"
import { HoldList } from "../common/hold-list"

interface HoldOverridesProps {
  holds: Hold[]
  canOverride: boolean
  /** The codes of the holds that are overridden. */
  value: string[]
  onChange: (codes: string[]) => void
}

/** What stands in the way, and for whoever may, a tick per hold to go on all the same. */
export const HoldOverrides = ({
  holds,
  canOverride,
  value,
  onChange,
}: HoldOverridesProps) => {
  const { t } = usePrivacyTranslation()

  const toggle = (code: string, isOverridden: boolean) =>
    onChange(
      isOverridden ? [...value, code] : value.filter((other) => other !== code)
    )

  return (
    <section className="flex flex-col gap-y-3" data-testid="privacy-holds">
      <div className="flex flex-col gap-y-1">
        <Heading level="h2">{t("dialog.holds.title")}</Heading>
        <Text size="small" className="text-ui-fg-subtle">
          {t("dialog.holds.text")}
        </Text>
      </div>
      <HoldList
        holds={holds}
        renderAction={({ code, severity }) => {
          if (severity !== "block") {
            return null
          }

          return canOverride ? (
            <OverrideCheckbox
              isOverridden={value.includes(code)}
              onChange={(isOverridden) => toggle(code, isOverridden)}
            />
          ) : (
            <Text size="small" className="text-ui-fg-muted text-pretty">
              {t("dialog.holds.noPermission")}
            </Text>
          )
        }}
      />
    </section>
  )
}

interface OverrideCheckboxProps {
  isOverridden: boolean
  onChange: (isOverridden: boolean) => void
}

const OverrideCheckbox = ({ isOverridden, onChange }: OverrideCheckboxProps) => {
  const { t } = usePrivacyTranslation()
  const id = useId()

  return (
    <div className="flex items-center gap-x-2">
      <Checkbox
        id={id}
        checked={isOverridden}
        onCheckedChange={(checked) => onChange(checked === true)}
      />
      <Label htmlFor={id} size="small">
        {t("dialog.holds.override")}
      </Label>
    </div>
  )
}
