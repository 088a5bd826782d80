import { Input } from "@medusajs/ui"
import { useState } from "react"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type Confirmation, isConfirmed } from "../../lib/confirmation"
import { Field } from "../common/field"

interface ConfirmationFieldProps {
  value: string
  onChange: (typed: string) => void
  confirmation: Confirmation
}

/** The officer types the customer's address: proof that the right customer is meant. */
export const ConfirmationField = ({
  value,
  onChange,
  confirmation,
}: ConfirmationFieldProps) => {
  const { t } = usePrivacyTranslation()
  const { kind, expected } = confirmation
  const [isLeft, setIsLeft] = useState(false)

  // Not while typing: every address is wrong until its last letter.
  const isWrong = isLeft && value !== "" && !isConfirmed(value, confirmation)

  return (
    <Field
      label={t(`dialog.${kind}.label`)}
      hint={t(`dialog.${kind}.hint`, { expected })}
      problem={isWrong ? t(`dialog.${kind}.mismatch`) : undefined}
    >
      {(control) => (
        <Input
          {...control}
          data-testid="privacy-email"
          type="text"
          inputMode={kind === "email" ? "email" : "text"}
          autoCapitalize="none"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          data-1p-ignore
          value={value}
          onFocus={() => setIsLeft(false)}
          onBlur={() => setIsLeft(true)}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  )
}
