import type { Permission } from "./permissions"

/** Resource of Medusa's role policies that stands for this plugin; its operations are the permissions. */
export const PRIVACY_RESOURCE = "privacy"

export const policyName = (permission: Permission) => `Privacy${permission[0].toUpperCase()}${permission.slice(1)}`
