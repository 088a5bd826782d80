import { Hint, Label } from "@medusajs/ui"
import { type ReactNode, useId } from "react"

interface FieldProps {
  label: string
  hint?: ReactNode
  /** What is wrong with the value; stands in place of the hint. */
  problem?: string
  /** The control, given what ties it to its label and its hint. */
  children: (control: {
    id: string
    "aria-describedby"?: string
    "aria-invalid": boolean
  }) => ReactNode
}

/** A control with its label above and a word about it below. */
export const Field = ({ label, hint, problem, children }: FieldProps) => {
  const id = useId()
  const note = problem ?? hint

  return (
    <div className="flex flex-col gap-y-2">
      <Label htmlFor={id} size="small" weight="plus">
        {label}
      </Label>
      {children({
        id,
        "aria-describedby": note ? `${id}-hint` : undefined,
        "aria-invalid": Boolean(problem),
      })}
      {note && (
        <Hint
          id={`${id}-hint`}
          variant={problem ? "error" : "info"}
          className="break-words"
        >
          {note}
        </Hint>
      )}
    </div>
  )
}
