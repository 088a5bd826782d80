import { Textarea } from "@medusajs/ui"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { Field } from "../common/field"

interface ReasonFieldProps {
  value: string
  onChange: (reason: string) => void
  isRequired: boolean
}

export const ReasonField = ({
  value,
  onChange,
  isRequired,
}: ReasonFieldProps) => {
  const { t } = usePrivacyTranslation()

  return (
    <Field
      label={t(isRequired ? "dialog.reason.label" : "dialog.reason.labelOptional")}
      hint={
        <>
          {isRequired && `${t("dialog.holds.reasonNeeded")} `}
          {t("dialog.reason.hint")}
        </>
      }
    >
      {(control) => (
        <Textarea
          {...control}
          data-testid="privacy-reason"
          rows={2}
          value={value}
          required={isRequired}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  )
}
