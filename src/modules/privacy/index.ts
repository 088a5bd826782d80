import { Module } from "@medusajs/framework/utils"
import checkOptions from "./loaders/check-options"
import PrivacyModuleService from "./service"

/** Key of the module in the container. */
export const PRIVACY_MODULE = "privacy"

export default Module(PRIVACY_MODULE, { service: PrivacyModuleService, loaders: [checkOptions] })
