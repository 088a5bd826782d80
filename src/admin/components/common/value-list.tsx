import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type ValueEntry } from "../../lib/contract"
import { FactList } from "./fact-list"

/** The parts of a customer's value that are worth something. */
export const toValueFacts = (value: ValueEntry[]) =>
  value.flatMap(({ currency_code, store_credit, gift_cards }) => [
    ...(store_credit
      ? [{ kind: "storeCredit" as const, currency_code, amount: store_credit }]
      : []),
    ...(gift_cards
      ? [{ kind: "giftCards" as const, currency_code, amount: gift_cards }]
      : []),
  ])

/** Store credit and gift cards, per currency. */
export const ValueList = ({ value }: { value: ValueEntry[] }) => {
  const { t } = usePrivacyTranslation()
  const { money } = useFormat()

  return (
    <FactList
      facts={toValueFacts(value).map(({ kind, currency_code, amount }) => ({
        id: `${kind}-${currency_code}`,
        label: t(`dialog.consequences.${kind}`),
        value: money(amount, currency_code),
      }))}
    />
  )
}
