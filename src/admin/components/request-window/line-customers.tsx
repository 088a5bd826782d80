import { Badge, Copy, Text } from "@medusajs/ui"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type LineCustomer } from "../../lib/request-contract"

/** The customers one identifier could mean, side by side. */
export const LineCustomers = ({ customers }: { customers: LineCustomer[] }) => {
  const { t } = usePrivacyTranslation()

  return (
    <div className="flex flex-col gap-y-2" data-testid="privacy-ambiguous">
      <ul className="grid grid-cols-1 gap-2 sm:grid-cols-2">
        {customers.map((customer) => (
          <CustomerCard key={customer.id} customer={customer} />
        ))}
      </ul>
      <Text size="xsmall" className="text-ui-fg-muted">
        {t("requestWindow.review.lines.ambiguousHint")}
      </Text>
    </div>
  )
}

const CustomerCard = ({ customer }: { customer: LineCustomer }) => {
  const { t } = usePrivacyTranslation()
  const { date } = useFormat()
  const { id, email, first_name, last_name, has_account, created_at } = customer
  const name = [first_name, last_name].filter(Boolean).join(" ")

  return (
    <li className="shadow-borders-base bg-ui-bg-component flex min-w-0 flex-col gap-y-1 rounded-lg p-3">
      <div className="flex items-start justify-between gap-x-2">
        <Text size="small" weight="plus" className="min-w-0 break-words">
          {name || t("requestWindow.review.lines.noName")}
        </Text>
        <Badge size="2xsmall" className="shrink-0">
          {t(has_account ? "requestWindow.review.lines.account" : "requestWindow.review.lines.guest")}
        </Badge>
      </div>
      <Text size="small" className="text-ui-fg-subtle break-all">
        {email ?? "–"}
      </Text>
      <Text size="xsmall" className="text-ui-fg-muted">
        {t("requestWindow.review.lines.since", { date: date(created_at) })}
      </Text>
      <span className="flex items-center gap-x-1">
        <code className="txt-compact-xsmall text-ui-fg-muted break-all">{id}</code>
        <Copy
          content={id}
          variant="mini"
          aria-label={t("requestWindow.review.lines.copyId")}
        />
      </span>
    </li>
  )
}
