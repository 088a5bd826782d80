import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { FORMATS } from "../../lib/vocabulary"
import { ChoiceField } from "../common/choice-field"
import { type RequestWizardState } from "../request-window/use-request-wizard"

/** How the data is written. */
export const ExtractFields = ({ wizard }: { wizard: RequestWizardState }) => {
  const { t } = usePrivacyTranslation()
  const { draft, change } = wizard

  return (
    <ChoiceField
      label={t("extract.format.label")}
      testId="privacy-format"
      choices={FORMATS}
      words={(format) => ({
        label: t(`formats.${format}.label`),
        description: t(`formats.${format}.description`),
      })}
      value={draft.format}
      onChange={(format) => change({ format })}
    />
  )
}
