import { Text } from "@medusajs/ui"
import { type PropsWithChildren, type ReactNode } from "react"

interface LabeledBlockProps {
  label: ReactNode
  hint?: ReactNode
}

/** A small heading with its content, and a line of explanation below it. */
export const LabeledBlock = ({
  label,
  hint,
  children,
}: PropsWithChildren<LabeledBlockProps>) => (
  <div className="flex flex-col gap-y-2">
    <Text size="small" leading="compact" weight="plus">
      {label}
    </Text>
    {children}
    {hint && (
      <Text size="small" className="text-ui-fg-muted text-pretty">
        {hint}
      </Text>
    )}
  </div>
)
