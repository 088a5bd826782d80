import type { Actor } from "../audit/record"
import type { Session } from "../database/session"
import type { PrivacyOptions } from "../options"
import { normalizeEmail } from "../subjects/identifiers"
import { PERMISSIONS, type Permission } from "./permissions"

/** API keys act for a system, not a person: they never approve, override or configure. */
const API_KEY_PERMISSIONS: Permission[] = ["view", "extract", "erase"]

/** What the options grant an actor: an admin user by id or e-mail address, or a secret API key by the option `api_keys`. */
export async function readPermissions(
  session: Session,
  { officers, api_keys }: Pick<PrivacyOptions, "officers" | "api_keys">,
  actor: Actor
): Promise<Permission[]> {
  if (actor.type === "api-key") {
    return api_keys ? API_KEY_PERMISSIONS : []
  }
  if (actor.type !== "user" || !actor.id) {
    return []
  }
  const { rows } = await session.run<{ email: string }>(`SELECT email FROM "user" WHERE id = $1 AND deleted_at IS NULL`, [actor.id])
  if (!rows.length) {
    return []
  }
  const email = normalizeEmail(rows[0].email)
  const granted = officers
    .filter(({ user }) => user === actor.id || normalizeEmail(user) === email)
    .flatMap(({ permissions }) => permissions)
  return granted.includes("all") ? [...PERMISSIONS] : PERMISSIONS.filter((permission) => granted.includes(permission))
}
