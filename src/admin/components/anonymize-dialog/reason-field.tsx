import { Hint, Label, Textarea } from "@medusajs/ui"
import { useId } from "react"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"

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
  const id = useId()
  const hintId = `${id}-hint`

  return (
    <div className="flex flex-col gap-y-2">
      <Label htmlFor={id} size="small" weight="plus">
        {t(isRequired ? "dialog.reason.label" : "dialog.reason.labelOptional")}
      </Label>
      <Textarea
        id={id}
        data-testid="privacy-reason"
        rows={2}
        value={value}
        required={isRequired}
        aria-describedby={hintId}
        onChange={({ target }) => onChange(target.value)}
      />
      <Hint id={hintId}>
        {isRequired && `${t("dialog.holds.reasonNeeded")} `}
        {t("dialog.reason.hint")}
      </Hint>
    </div>
  )
}
