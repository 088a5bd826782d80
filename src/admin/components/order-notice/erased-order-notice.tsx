import { CheckCircleSolid } from "@medusajs/icons"
import { Container, Text } from "@medusajs/ui"
import type { AdminOrder } from "@medusajs/types"
import { Link } from "react-router-dom"
import { useCustomerPrivacy } from "../../hooks/use-customer-privacy"
import { useDeadCustomerLink } from "../../hooks/use-dead-customer-link"
import { usePrivacyPermissions } from "../../hooks/use-privacy-permissions"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { isPseudonym } from "../../lib/pseudonym"
import { toRequestPath } from "../customer-data/use-request-columns"

/** Says why an order names nobody; nothing on orders of other customers. */
export const ErasedOrderNotice = ({ order }: { order: AdminOrder }) =>
  isPseudonym(order.email) ? <Notice order={order} /> : null

const Notice = ({ order }: { order: AdminOrder }) => {
  const { t } = usePrivacyTranslation()
  const request = useErasure(order)

  return (
    <Container
      data-testid="privacy-order-notice"
      className="flex items-start gap-x-2 px-6 py-4"
    >
      <CheckCircleSolid className="text-ui-tag-green-icon mt-0.5 shrink-0" />
      <div className="flex flex-col gap-y-1">
        <Text size="small" weight="plus">
          {t("order.title")}
        </Text>
        <Text size="small" className="text-ui-fg-subtle text-pretty">
          {t("order.text")}
        </Text>
        {request && (
          <Link
            to={toRequestPath(request)}
            className="txt-compact-small-plus text-ui-fg-interactive hover:text-ui-fg-interactive-hover focus-visible:shadow-borders-focus w-fit rounded outline-none"
          >
            {t("order.request", { reference: request.reference })}
          </Link>
        )}
      </div>
    </Container>
  )
}

/** The request by which the customer went, for whoever may see it. An order handed to the Unknown Customer tells nothing of it. */
const useErasure = ({ customer_id, customer }: AdminOrder) => {
  const { can } = usePrivacyPermissions()
  const goneId = customer ? null : customer_id
  const { privacy } = useCustomerPrivacy(
    goneId ?? "",
    Boolean(goneId) && can("view")
  )
  const request = privacy?.active_request ?? undefined

  useDeadCustomerLink(goneId, request && toRequestPath(request))

  return request
}
