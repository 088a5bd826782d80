import type { PrivacyOptions } from "../../options"
import type { MedusaTable } from "../definition"
import { authTables } from "./auth"
import { cartTables } from "./cart"
import { copyTables } from "./copies"
import { customerTables } from "./customer"
import { fulfillmentTables } from "./fulfillment"
import { loyaltyTables } from "./loyalty"
import { orderTables } from "./order"
import { paymentTables } from "./payment"
import { promotionTables } from "./promotion"
import { settingsTables } from "./settings"

/** Where a Medusa store keeps personal data: Medusa 2.21 with its optional modules and the loyalty plugin. */
export const medusaTables = ({ value }: Pick<PrivacyOptions, "value">): MedusaTable[] => [
  ...customerTables,
  ...authTables,
  ...orderTables,
  ...cartTables,
  ...paymentTables,
  ...fulfillmentTables,
  ...loyaltyTables(value),
  ...promotionTables,
  ...settingsTables,
  ...copyTables,
]
