import { Button } from "@medusajs/ui"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"

interface ExpandButtonProps {
  isExpanded: boolean
  /** How many there are in all. */
  count: number
  onChange: (isExpanded: boolean) => void
}

/** Below a list that shows its first entries only. */
export const ExpandButton = ({
  isExpanded,
  count,
  onChange,
}: ExpandButtonProps) => {
  const { t } = usePrivacyTranslation()

  return (
    <Button
      type="button"
      size="small"
      variant="transparent"
      className="text-ui-fg-subtle -mx-2"
      aria-expanded={isExpanded}
      onClick={() => onChange(!isExpanded)}
    >
      {isExpanded ? t("actions.showLess") : t("actions.showAll", { total: count })}
    </Button>
  )
}
