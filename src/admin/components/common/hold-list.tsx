import { StatusBadge, Text } from "@medusajs/ui"
import { type ReactNode } from "react"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type Hold } from "../../lib/contract"

interface HoldListProps {
  holds: Hold[]
  /** What can be done about a hold, shown below its message. */
  renderAction?: (hold: Hold) => ReactNode
}

export const HoldList = ({ holds, renderAction }: HoldListProps) => {
  const { t, tCode, tHold } = usePrivacyTranslation()

  return (
    <ul className="flex flex-col gap-y-2">
      {holds.map((hold) => (
        <li
          key={hold.code}
          data-testid={`privacy-hold-${hold.code}`}
          className="shadow-borders-base bg-ui-bg-component flex flex-col gap-y-3 rounded-lg p-3"
        >
          <div className="flex items-start justify-between gap-x-3">
            <div className="flex min-w-0 flex-col">
              <Text size="small" weight="plus">
                {tCode("holds", hold.code)}
              </Text>
              <Text size="small" className="text-ui-fg-subtle text-pretty">
                {tHold(hold)}
              </Text>
            </div>
            <StatusBadge
              color={hold.severity === "block" ? "red" : "orange"}
              className="shrink-0"
            >
              {t(`dialog.holds.${hold.severity}`)}
            </StatusBadge>
          </div>
          {renderAction?.(hold)}
        </li>
      ))}
    </ul>
  )
}
