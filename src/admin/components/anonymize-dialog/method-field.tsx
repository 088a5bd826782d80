import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type ErasureMethod } from "../../lib/contract"
import { METHODS } from "../../lib/vocabulary"
import { ChoiceField } from "../common/choice-field"

interface MethodFieldProps {
  value: ErasureMethod
  onChange: (method: ErasureMethod) => void
}

export const MethodField = (props: MethodFieldProps) => {
  const { t } = usePrivacyTranslation()

  return (
    <ChoiceField
      {...props}
      label={t("dialog.method")}
      testId="privacy-method"
      choices={METHODS}
      words={(method) => ({
        label: t(`methods.${method}.label`),
        description: t(`methods.${method}.description`),
      })}
    />
  )
}
