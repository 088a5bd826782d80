import { Copy } from "@medusajs/ui"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"

export const RequestReference = ({ reference }: { reference: string }) => {
  const { t } = usePrivacyTranslation()

  return (
    <span className="flex items-center justify-end gap-x-1">
      <code className="txt-compact-small" data-testid="privacy-reference">
        {reference}
      </code>
      <Copy
        content={reference}
        variant="mini"
        aria-label={t("widget.done.copyReference")}
      />
    </span>
  )
}
