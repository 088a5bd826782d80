import { definePolicies } from "@medusajs/framework/utils"
import { PERMISSIONS } from "../modules/privacy/permissions/permissions"
import { policyName, PRIVACY_RESOURCE } from "../modules/privacy/permissions/policies"

/** One policy per permission, for stores that use roles. */
export const privacyPolicies = definePolicies(
  PERMISSIONS.map((operation) => ({ name: policyName(operation), resource: PRIVACY_RESOURCE, operation }))
)
