import { Hint, Input, Label } from "@medusajs/ui"
import { useId, useState } from "react"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type Confirmation, isConfirmed } from "../../lib/confirmation"

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
  const id = useId()
  const hintId = `${id}-hint`
  const [isLeft, setIsLeft] = useState(false)

  // Not while typing: every address is wrong until its last letter.
  const isWrong = isLeft && value !== "" && !isConfirmed(value, confirmation)

  return (
    <div className="flex flex-col gap-y-2">
      <Label htmlFor={id} size="small" weight="plus">
        {t(`dialog.${kind}.label`)}
      </Label>
      <Input
        id={id}
        data-testid="privacy-email"
        type="text"
        inputMode={kind === "email" ? "email" : "text"}
        autoCapitalize="none"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        data-1p-ignore
        value={value}
        aria-invalid={isWrong}
        aria-describedby={hintId}
        onFocus={() => setIsLeft(false)}
        onBlur={() => setIsLeft(true)}
        onChange={({ target }) => onChange(target.value)}
      />
      <Hint
        id={hintId}
        variant={isWrong ? "error" : "info"}
        className="break-words"
      >
        {isWrong
          ? t(`dialog.${kind}.mismatch`)
          : t(`dialog.${kind}.hint`, { expected })}
      </Hint>
    </div>
  )
}
