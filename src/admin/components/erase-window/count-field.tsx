import { Hint, Input, Label } from "@medusajs/ui"
import { useId, useState } from "react"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { isCountConfirmed } from "../../lib/request-plan"

interface CountFieldProps {
  count: number
  value: string
  onChange: (typed: string) => void
}

/** The officer types how many customers it is: proof that the size was noticed. */
export const CountField = ({ count, value, onChange }: CountFieldProps) => {
  const { t } = usePrivacyTranslation()
  const { number } = useFormat()
  const id = useId()
  const [isLeft, setIsLeft] = useState(false)

  // Not while typing: every number is wrong until its last digit.
  const isWrong =
    isLeft && value !== "" && !isCountConfirmed(value, count, number(count))

  return (
    <div className="flex flex-col gap-y-2">
      <Label htmlFor={id} size="small" weight="plus">
        {t("erase.confirm.label")}
      </Label>
      <Input
        id={id}
        data-testid="privacy-erase-count"
        type="text"
        inputMode="numeric"
        autoComplete="off"
        data-1p-ignore
        value={value}
        aria-invalid={isWrong}
        aria-describedby={`${id}-hint`}
        onFocus={() => setIsLeft(false)}
        onBlur={() => setIsLeft(true)}
        onChange={({ target }) => onChange(target.value)}
      />
      <Hint id={`${id}-hint`} variant={isWrong ? "error" : "info"}>
        {isWrong
          ? t("erase.confirm.mismatch")
          : t("erase.confirm.hint", { count: String(count) })}
      </Hint>
    </div>
  )
}
