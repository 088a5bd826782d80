import { Label, RadioGroup } from "@medusajs/ui"
import { useId } from "react"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type ErasureMethod } from "../../lib/contract"
import { METHODS } from "../../lib/vocabulary"

interface MethodFieldProps {
  value: ErasureMethod
  onChange: (method: ErasureMethod) => void
}

export const MethodField = ({ value, onChange }: MethodFieldProps) => {
  const { t } = usePrivacyTranslation()
  const labelId = useId()

  return (
    <div className="flex flex-col gap-y-2">
      <Label id={labelId} size="small" weight="plus">
        {t("dialog.method")}
      </Label>
      <RadioGroup
        aria-labelledby={labelId}
        className="grid-cols-1 sm:grid-cols-2"
        value={value}
        onValueChange={(method) => onChange(method as ErasureMethod)}
      >
        {METHODS.map((method) => (
          <RadioGroup.ChoiceBox
            key={method}
            value={method}
            data-testid={`privacy-method-${method}`}
            label={t(`methods.${method}.label`)}
            description={t(`methods.${method}.description`)}
          />
        ))}
      </RadioGroup>
    </div>
  )
}
