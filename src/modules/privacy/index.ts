import { Module } from "@medusajs/framework/utils"
import checkOptions from "./loaders/check-options"
import { PRIVACY_MODULE } from "./key"
import PrivacyModuleService from "./service"

export { PRIVACY_MODULE }

export default Module(PRIVACY_MODULE, { service: PrivacyModuleService, loaders: [checkOptions] })
