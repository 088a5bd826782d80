import { MathBN } from "@medusajs/framework/utils"
import { newId } from "../database/new-id"
import type { Session } from "../database/session"
import type { LiveSchema } from "../data-map/schema"
import { SCOPE } from "../data-map/live-map"
import type { Severity } from "../holds/codes"
import type { PrivacyOptions } from "../options"
import type { Hold } from "../holds/find-holds"
import { GIFTED } from "../data-map/tables/loyalty"

/** Why the balance went, in the loyalty plugin's own ledger: neutral, and naming no person. */
const REFERENCE = "privacy-erasure"

/** What a subject loses in one currency. */
export interface CurrencyValue {
  currency_code: string
  store_credit: number
  gift_cards: number
}

interface Balance {
  subject: number
  account_id: string
  currency_code: string
  balance: string
  is_gift_card: boolean
}

const isInstalled = (schema: LiveSchema) => schema.has("store_credit_account") && schema.has("loyalty_gift_card")

/** Balance as the loyalty plugin computes it: credits less debits of the live transactions. */
const BALANCES = `
  SELECT r.subject, a.id AS account_id, a.currency_code,
    coalesce(sum(CASE WHEN tx.type = 'credit' THEN tx.amount ELSE -tx.amount END), 0) AS balance,
    bool_or(a.customer_id IS NULL) AS is_gift_card
  FROM ${SCOPE.rows} AS r
  JOIN store_credit_account AS a ON a.id = r.key
  LEFT JOIN store_credit_account_transaction AS tx ON tx.account_id = a.id AND tx.deleted_at IS NULL
  WHERE r.entry = 'store_credit_account'
  GROUP BY r.subject, a.id, a.currency_code`

/** A pending gift card has no account yet: its whole value is what can still be redeemed. */
const PENDING_CARDS = `
  SELECT r.subject, NULL AS account_id, g.currency_code, g.value AS balance, TRUE AS is_gift_card
  FROM ${SCOPE.rows} AS r
  JOIN loyalty_gift_card AS g ON g.id = r.key
  WHERE r.entry = 'loyalty_gift_card' AND g.status = 'pending' AND g.deleted_at IS NULL
    AND (g.expires_at IS NULL OR g.expires_at > now())`

/** Reads what the subjects of the scope would lose, per currency. */
export async function readValue(session: Session, schema: LiveSchema): Promise<Map<number, CurrencyValue[]>> {
  if (!isInstalled(schema)) {
    return new Map()
  }
  const { rows } = await session.run<Balance>(`${BALANCES} UNION ALL ${PENDING_CARDS}`)
  return bySubject(rows)
}

/** What the shop's options say of subjects who still have something to spend: nothing, unless told otherwise. */
export const valueSeverity = ({ holds }: Pick<PrivacyOptions, "holds">) => holds.unspent_value ?? "ignore"

/** The hold of a subject who still has something to spend, where the officer or the shop chose to wait until it is settled. */
export function holdOfValue(severity: Severity | "ignore", left: CurrencyValue[] = []): Hold[] {
  const value = left.map(({ currency_code, store_credit, gift_cards }) => ({ currency_code, amount: sum(store_credit, gift_cards) }))
  if (!value.length || severity === "ignore") {
    return []
  }
  const amounts = value.map(({ currency_code, amount }) => `${MathBN.convert(amount).toFixed()} ${currency_code.toUpperCase()}`)
  const message = `Store credit and gift cards worth ${amounts.join(" and ")} are left. Pay them out or let the customer spend them, then retry.`
  return [{ code: "unspent_value", severity, message, params: { count: value.length, value } }]
}

/**
 * Makes store credit and gift cards of the scope worthless: accounts are locked in the loyalty plugin's own order (by id), debited to
 * zero by a transaction of their own, and cards are spent and expired, so that redeeming, claiming and adding one to a cart all refuse.
 *
 * @returns what was invalidated
 */
export async function settleValue(session: Session, schema: LiveSchema): Promise<Map<number, CurrencyValue[]>> {
  if (!isInstalled(schema)) {
    return new Map()
  }
  await session.run(
    `SELECT a.id FROM store_credit_account AS a
     WHERE a.id IN (SELECT key FROM ${SCOPE.rows} WHERE entry = 'store_credit_account') ORDER BY a.id FOR UPDATE`
  )
  await session.run(
    `UPDATE loyalty_gift_card AS g SET metadata = coalesce(g.metadata, '{}'::jsonb) || '{"${GIFTED}": true}' FROM ${SCOPE.rows} AS r
     WHERE r.entry = 'gifted_gift_card' AND g.id = r.key AND NOT coalesce(g.metadata ? '${GIFTED}', FALSE)`
  )
  const { rows: balances } = await session.run<Balance>(BALANCES)
  const { rows: cards } = await session.run<Balance>(PENDING_CARDS)
  const owed = balances.filter(({ balance }) => MathBN.gt(balance, 0))
  await session.run(
    `INSERT INTO store_credit_account_transaction (id, account_id, type, amount, raw_amount, reference, reference_id)
     SELECT d.id, d.account_id, 'debit', d.amount::numeric, jsonb_build_object('value', d.amount, 'precision', 20), $4, d.account_id
     FROM unnest($1::text[], $2::text[], $3::text[]) AS d (id, account_id, amount)`,
    [
      owed.map(() => newId("sc_trx")),
      owed.map(({ account_id }) => account_id),
      owed.map(({ balance }) => String(balance)),
      REFERENCE,
    ]
  )
  await session.run(
    `UPDATE loyalty_gift_card AS g SET status = 'redeemed', expires_at = least(coalesce(g.expires_at, now()), now()), updated_at = now()
     FROM ${SCOPE.rows} AS r
     WHERE r.entry = 'loyalty_gift_card' AND g.id = r.key AND (g.status <> 'redeemed' OR g.expires_at IS NULL OR g.expires_at > now())`
  )
  return bySubject([...balances, ...cards])
}

/** Decimal, as the database adds: 0.1 and 0.2 are 0.3. */
const sum = (...amounts: (number | string)[]) => MathBN.add(...amounts).toNumber()

function bySubject(rows: Balance[]): Map<number, CurrencyValue[]> {
  const values = new Map<number, Map<string, CurrencyValue>>()
  for (const { subject, currency_code, balance, is_gift_card } of rows) {
    if (MathBN.gt(balance, 0)) {
      const currencies = values.get(subject) ?? new Map<string, CurrencyValue>()
      const value = currencies.get(currency_code) ?? { currency_code, store_credit: 0, gift_cards: 0 }
      const kind = is_gift_card ? "gift_cards" : "store_credit"
      value[kind] = sum(value[kind], balance)
      currencies.set(currency_code, value)
      values.set(subject, currencies)
    }
  }
  return new Map([...values].map(([subject, currencies]) => [subject, [...currencies.values()]]))
}
