import { Input } from "@medusajs/ui"
import { useState } from "react"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { isCountConfirmed } from "../../lib/request-plan"
import { Field } from "../common/field"

interface CountFieldProps {
  count: number
  value: string
  onChange: (typed: string) => void
}

/** The officer types how many customers it is: proof that the size was noticed. */
export const CountField = ({ count, value, onChange }: CountFieldProps) => {
  const { t } = usePrivacyTranslation()
  const { number } = useFormat()
  const [isLeft, setIsLeft] = useState(false)

  // Not while typing: every number is wrong until its last digit.
  const isWrong =
    isLeft && value !== "" && !isCountConfirmed(value, count, number(count))

  return (
    <Field
      label={t("erase.confirm.label")}
      hint={t("erase.confirm.hint", { count: String(count) })}
      problem={isWrong ? t("erase.confirm.mismatch") : undefined}
    >
      {(control) => (
        <Input
          {...control}
          data-testid="privacy-erase-count"
          type="text"
          inputMode="numeric"
          autoComplete="off"
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
