import { ModuleProvider } from "@medusajs/framework/utils"
import { PRIVACY_MODULE } from "../../modules/privacy/key"
import { StripeDestination } from "./service"

export type { StripeOptions } from "./options"

export default ModuleProvider(PRIVACY_MODULE, { services: [StripeDestination] })
