import type { Actor } from "../audit/record"
import type { Session } from "../database/session"
import type { PrivacyOptions } from "../options"
import { PERMISSIONS, type Permission } from "./permissions"

/** What the options grant an actor: an admin user by id, or by an address that is bound to that id; a secret API key by its id. */
export async function readPermissions(
  session: Session,
  { officers, api_keys }: Pick<PrivacyOptions, "officers" | "api_keys">,
  actor: Actor
): Promise<Permission[]> {
  if (!actor.id) {
    return []
  }
  if (actor.type === "api-key") {
    return readKeyPermissions(session, api_keys, actor.id)
  }
  const addresses = actor.type === "user" ? await boundAddresses(session, actor.id) : null
  if (!addresses) {
    return []
  }
  const granted = officers
    .filter(({ user }) => user === actor.id || addresses.includes(user))
    .flatMap(({ permissions }) => permissions)
  return granted.includes("all") ? [...PERMISSIONS] : PERMISSIONS.filter((permission) => granted.includes(permission))
}

async function readKeyPermissions(session: Session, keys: PrivacyOptions["api_keys"], id: string): Promise<Permission[]> {
  const granted = keys.filter((key) => key.id === id).flatMap(({ permissions }) => permissions)
  if (!granted.length) {
    return []
  }
  const { rows } = await session.run(
    `SELECT 1 FROM api_key
     WHERE id = $1 AND type = 'secret' AND deleted_at IS NULL AND (revoked_at IS NULL OR revoked_at > now())`,
    [id]
  )
  return rows.length ? PERMISSIONS.filter((permission) => (granted as Permission[]).includes(permission)) : []
}

/** The addresses of the options that are bound to a user; null when there is no such live user. */
async function boundAddresses(session: Session, userId: string): Promise<string[] | null> {
  const { rows } = await session.run<{ addresses: string[] }>(
    `SELECT ARRAY(SELECT o.address FROM privacy_officer AS o WHERE o.user_id = u.id AND o.deleted_at IS NULL) AS addresses
     FROM "user" AS u
     WHERE u.id = $1 AND u.deleted_at IS NULL`,
    [userId]
  )
  return rows[0]?.addresses ?? null
}

/** True for an admin user who was not removed. */
export async function isLiveUser(session: Session, actor: Actor): Promise<boolean> {
  return actor.type === "user" && actor.id !== null && (await boundAddresses(session, actor.id)) !== null
}
