import { ModuleProvider } from "@medusajs/framework/utils"
import { PRIVACY_MODULE } from "../../modules/privacy/key"
import { SegmentDestination } from "./service"

export type { SegmentOptions } from "./options"

export default ModuleProvider(PRIVACY_MODULE, { services: [SegmentDestination] })
