import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type ValueChoice } from "../../lib/contract"
import { VALUE_CHOICES } from "../../lib/vocabulary"
import { ChoiceField } from "../common/choice-field"

interface ValueFieldProps {
  value: ValueChoice
  onChange: (value: ValueChoice) => void
}

/** What becomes of store credit and gift cards. */
export const ValueField = (props: ValueFieldProps) => {
  const { t } = usePrivacyTranslation()

  return (
    <ChoiceField
      {...props}
      label={t("valueChoices.label")}
      testId="privacy-value"
      choices={VALUE_CHOICES}
      words={(choice) => ({
        label: t(`valueChoices.${choice}.label`),
        description: t(`valueChoices.${choice}.description`),
      })}
    />
  )
}
