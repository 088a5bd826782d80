import { CheckCircleSolid } from "@medusajs/icons"
import { Container, Text } from "@medusajs/ui"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { isPseudonym } from "../../lib/pseudonym"

/** Says why an order names nobody; nothing on orders of other customers. */
export const ErasedOrderNotice = ({ email }: { email: string | null | undefined }) => {
  const { t } = usePrivacyTranslation()

  if (!isPseudonym(email)) {
    return null
  }

  return (
    <Container data-testid="privacy-order-notice" className="flex items-start gap-x-2 px-6 py-4">
      <CheckCircleSolid className="text-ui-tag-green-icon mt-0.5 shrink-0" />
      <div className="flex flex-col gap-y-1">
        <Text size="small" weight="plus">
          {t("order.title")}
        </Text>
        <Text size="small" className="text-ui-fg-subtle text-pretty">
          {t("order.text")}
        </Text>
      </div>
    </Container>
  )
}
