import { Copy, Text } from "@medusajs/ui"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"

/** A secret that is shown this once, ready to be copied. */
export const SecretPanel = ({ secret }: { secret: string }) => {
  const { t } = usePrivacyTranslation()

  return (
    <div className="flex flex-col gap-y-2">
      <Text size="small" className="text-ui-fg-subtle text-pretty">
        {t("webhooks.secret.text")}
      </Text>
      <div className="bg-ui-bg-component shadow-elevation-card-rest flex items-center justify-between gap-x-3 rounded-lg px-3 py-2">
        <code
          data-testid="privacy-webhook-secret"
          className="txt-compact-small min-w-0 break-all"
        >
          {secret}
        </code>
        <Copy content={secret} />
      </div>
    </div>
  )
}
