import { Hint, Input, Label } from "@medusajs/ui"
import { useId, useState } from "react"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { isSameEmail } from "../../lib/email-match"

interface EmailFieldProps {
  value: string
  onChange: (typed: string) => void
  email: string | null
}

/** The officer types the customer's address: proof that the right customer is meant. */
export const EmailField = ({ value, onChange, email }: EmailFieldProps) => {
  const { t } = usePrivacyTranslation()
  const id = useId()
  const hintId = `${id}-hint`
  const [isLeft, setIsLeft] = useState(false)

  // Not while typing: every address is wrong until its last letter.
  const isWrong = isLeft && value !== "" && !isSameEmail(value, email)

  return (
    <div className="flex flex-col gap-y-2">
      <Label htmlFor={id} size="small" weight="plus">
        {t("dialog.email.label")}
      </Label>
      <Input
        id={id}
        data-testid="privacy-email"
        type="text"
        inputMode="email"
        autoCapitalize="none"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        data-1p-ignore
        disabled={!email}
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
        {!email
          ? t("dialog.email.missing")
          : isWrong
            ? t("dialog.email.mismatch")
            : t("dialog.email.hint", { email })}
      </Hint>
    </div>
  )
}
