import { Label, RadioGroup } from "@medusajs/ui"
import { useId } from "react"

interface ChoiceFieldProps<T extends string> {
  label: string
  choices: readonly T[]
  /** What each choice is called and means. */
  words: (choice: T) => { label: string; description: string }
  value: T
  onChange: (choice: T) => void
  /** Of each choice: this, and its value. */
  testId: string
}

/** One of a few, each with its explanation. */
export const ChoiceField = <T extends string>({
  label,
  choices,
  words,
  value,
  onChange,
  testId,
}: ChoiceFieldProps<T>) => {
  const id = useId()

  return (
    <div className="flex flex-col gap-y-2">
      <Label id={id} size="small" weight="plus">
        {label}
      </Label>
      <RadioGroup
        aria-labelledby={id}
        className="grid-cols-1 sm:grid-cols-2"
        value={value}
        onValueChange={(choice) => onChange(choice as T)}
      >
        {choices.map((choice) => (
          <RadioGroup.ChoiceBox
            key={choice}
            value={choice}
            data-testid={`${testId}-${choice}`}
            {...words(choice)}
          />
        ))}
      </RadioGroup>
    </div>
  )
}
