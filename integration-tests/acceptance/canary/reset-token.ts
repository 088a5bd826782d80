import { createHash, randomUUID } from "node:crypto"
import jwt from "jsonwebtoken"
import type { Database } from "../../support/database"

/** What the demo store signs with; see demo/medusa-config.ts. */
const SECRET = process.env.JWT_SECRET ?? "demo-jwt-secret"

/**
 * The link out of a password-reset mail. The store only keeps a hash of what is in it, so the test puts the hash of its own there.
 */
export async function resetToken(database: Database, email: string): Promise<string> {
  const jti = randomUUID()
  const hash = createHash("sha256").update(jti).digest("hex")
  const changed = await database.rows("UPDATE auth_password_reset_token SET token_hash = $1 WHERE entity_id = $2 RETURNING 1", [hash, email])
  if (!changed.length) {
    throw new Error("Nobody asked for a new password")
  }
  return jwt.sign({ entity_id: email, provider: "emailpass", actor_type: "customer", purpose: "reset" }, SECRET, { jwtid: jti, expiresIn: "1h" })
}
