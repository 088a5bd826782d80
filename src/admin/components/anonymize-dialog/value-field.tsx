import { Label, RadioGroup } from "@medusajs/ui"
import { useId } from "react"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type ValueChoice } from "../../lib/contract"
import { VALUE_CHOICES } from "../../lib/vocabulary"

interface ValueFieldProps {
  value: ValueChoice
  onChange: (value: ValueChoice) => void
}

/** What becomes of store credit and gift cards. */
export const ValueField = ({ value, onChange }: ValueFieldProps) => {
  const { t } = usePrivacyTranslation()
  const labelId = useId()

  return (
    <div className="flex flex-col gap-y-2">
      <Label id={labelId} size="small" weight="plus">
        {t("valueChoices.label")}
      </Label>
      <RadioGroup
        aria-labelledby={labelId}
        className="grid-cols-1 sm:grid-cols-2"
        value={value}
        onValueChange={(choice) => onChange(choice as ValueChoice)}
      >
        {VALUE_CHOICES.map((choice) => (
          <RadioGroup.ChoiceBox
            key={choice}
            value={choice}
            data-testid={`privacy-value-${choice}`}
            label={t(`valueChoices.${choice}.label`)}
            description={t(`valueChoices.${choice}.description`)}
          />
        ))}
      </RadioGroup>
    </div>
  )
}
