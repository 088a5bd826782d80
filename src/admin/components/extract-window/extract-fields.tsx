import { Label, RadioGroup } from "@medusajs/ui"
import { useId } from "react"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type ExtractFormat } from "../../lib/contract"
import { FORMATS } from "../../lib/vocabulary"
import { type RequestWizardState } from "../request-window/use-request-wizard"

/** How the data is written. */
export const ExtractFields = ({ wizard }: { wizard: RequestWizardState }) => {
  const { t } = usePrivacyTranslation()
  const { draft, change } = wizard
  const id = useId()

  return (
    <div className="flex flex-col gap-y-2">
      <Label id={id} size="small" weight="plus">
        {t("extract.format.label")}
      </Label>
      <RadioGroup
        aria-labelledby={id}
        data-testid="privacy-format"
        className="grid-cols-1 sm:grid-cols-2"
        value={draft.format}
        onValueChange={(format) => change({ format: format as ExtractFormat })}
      >
        {FORMATS.map((format) => (
          <RadioGroup.ChoiceBox
            key={format}
            value={format}
            data-testid={`privacy-format-${format}`}
            label={t(`formats.${format}.label`)}
            description={t(`formats.${format}.description`)}
          />
        ))}
      </RadioGroup>
    </div>
  )
}
