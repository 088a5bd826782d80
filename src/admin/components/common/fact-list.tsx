import { Text, clx } from "@medusajs/ui"
import { type ReactNode } from "react"

export interface Fact {
  id: string
  label: ReactNode
  value: ReactNode
}

interface FactListProps {
  facts: Fact[]
  className?: string
}

/** A compact list of names and values. */
export const FactList = ({ facts, className }: FactListProps) => (
  <dl className={clx("flex flex-col gap-y-1.5", className)}>
    {facts.map(({ id, label, value }) => (
      <div key={id} className="flex items-start justify-between gap-x-4">
        <dt>
          <Text size="small" leading="compact" className="text-ui-fg-subtle">
            {label}
          </Text>
        </dt>
        <dd className="min-w-0 text-right">
          <Text
            as="div"
            size="small"
            leading="compact"
            className="break-words tabular-nums"
          >
            {value}
          </Text>
        </dd>
      </div>
    ))}
  </dl>
)
