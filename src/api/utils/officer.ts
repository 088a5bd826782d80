import { resolvePermissions } from "@medusajs/framework"
import type { AuthenticatedMedusaRequest, MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils"
import { PRIVACY_MODULE } from "../../modules/privacy"
import type { Actor } from "../../modules/privacy/audit/record"
import { PERMISSIONS, type Permission } from "../../modules/privacy/permissions/permissions"
import { PRIVACY_RESOURCE } from "../../modules/privacy/permissions/policies"
import type PrivacyModuleService from "../../modules/privacy/service"

/** The privacy module of the request's container. */
export const privacyOf = (req: MedusaRequest) => req.scope.resolve<PrivacyModuleService>(PRIVACY_MODULE)

/** Who is asking. Somebody of another kind than an admin user or an API key has no id here, and with it no permission. */
export function actorOf(req: MedusaRequest): Actor {
  const { actor_id, actor_type } = (req as AuthenticatedMedusaRequest).auth_context
  if (actor_type === "api-key") {
    return { id: actor_id, type: "api-key" }
  }
  return { id: actor_type === "user" ? actor_id : null, type: "user" }
}

/** What the asking actor may do: the grants in the options and, where Medusa's roles are on, the policies of the actor's roles. */
export async function permissionsOf(req: MedusaRequest): Promise<Permission[]> {
  const actor = actorOf(req)
  const granted = new Set(await privacyOf(req).permissionsOf(actor))
  const flags = req.scope.resolve<{ isFeatureEnabled(flag: string): boolean }>(
    ContainerRegistrationKeys.FEATURE_FLAG_ROUTER
  )
  if ((await privacyOf(req).isLiveUser(actor)) && flags.isFeatureEnabled("rbac")) {
    const { app_metadata } = (req as AuthenticatedMedusaRequest).auth_context
    const policies = await resolvePermissions({
      roles: (app_metadata?.roles as string[] | undefined) ?? [],
      universe: PERMISSIONS.map((operation) => ({ resource: PRIVACY_RESOURCE, operation })),
      container: req.scope,
    })
    PERMISSIONS.filter((permission) => policies.has(`${PRIVACY_RESOURCE}:${permission}`)).forEach((permission) => granted.add(permission))
  }
  return PERMISSIONS.filter((permission) => granted.has(permission))
}

/** Refuses for want of a permission; the refusal is written down. */
export async function refuse(req: MedusaRequest, permission: Permission, message: string): Promise<MedusaError> {
  await privacyOf(req).auditRefusal({
    actor: actorOf(req),
    permission,
    method: req.method,
    // Whatever else stands in the path (an address, for one) is not for the audit log.
    customerId: req.path.includes("/customers/") && /^\w+$/.test(req.params.id) ? req.params.id : null,
  })
  return new MedusaError(MedusaError.Types.FORBIDDEN, message)
}

/** What answers under a wrong pepper too: who may do what, and the audit log. */
const WITHOUT_PEPPER = /^\/admin\/privacy-(permissions|audit)(\/|$)/

/** Lets only officers pass who have one of the permissions the request takes; a refusal names the first. */
export const requireSome =
  (wanted: (req: MedusaRequest) => Permission[] | Promise<Permission[]>) => async (req: MedusaRequest, _res: MedusaResponse, next: MedusaNextFunction) => {
    const [held, permissions] = [await permissionsOf(req), await wanted(req)]
    if (permissions.some((permission) => held.includes(permission))) {
      if (!WITHOUT_PEPPER.test(req.path)) {
        await privacyOf(req).refuseOtherKey()
      }
      return next()
    }
    const [permission] = permissions
    next(
      await refuse(req, permission, `You lack the privacy permission "${permission}". Ask whoever configures the privacy plugin to grant it.`)
    )
  }

/** Lets only officers with the permission pass. */
export const requirePermission = (permission: Permission) => requireSome(() => [permission])

/** Lets only officers pass who may do to this request what was asked for: erasures and extracts take different permissions. */
export const requireOnRequest = requireSome(async (req) => [await privacyOf(req).permissionFor(req.params.id)])
