import type { Permission } from "../vocabulary"
import type { Session } from "../database/session"
import { recordAudit, type Actor } from "./record"

/** A request that was refused for want of a permission. */
export interface Refusal {
  actor: Actor
  permission: Permission
  method: string
  customerId: string | null
}

/**
 * Writes a refusal down: the first of its kind at once, others within the minute as a count, which the next entry of the kind or the tick tells. The
 * audit log, from which nothing is ever deleted, so grows by one entry a minute for an actor, permission and method, however often is asked.
 */
export async function recordRefusal(session: Session, { actor, permission, method, customerId }: Refusal): Promise<void> {
  const id = [actor.type, actor.id ?? "", permission, method].join(":")
  const { rows } = await session.run<{ untold: number; due: boolean }>(COUNT, [id, actor.id, actor.type, permission, method])
  const [{ untold, due }] = rows
  if (due) {
    await session.run("UPDATE privacy_refusal SET untold = 0, told_at = now(), updated_at = now() WHERE id = $1", [id])
    await recordAudit(session, [{ action: ACTION, actor, customerId, details: { permission, method, count: untold } }])
  }
}

/** Tells the audit log what was counted and is a minute old. */
export async function tellRefusals(session: Session): Promise<void> {
  const { rows } = await session.run<Untold>(TELL)
  await recordAudit(
    session,
    rows.map(({ actor_id, actor_type, permission, method, count }) => ({
      action: ACTION,
      actor: { id: actor_id, type: actor_type },
      details: { permission, method, count },
    }))
  )
  await session.run(FORGET)
}

interface Untold {
  actor_id: string | null
  actor_type: Actor["type"]
  permission: Permission
  method: string
  count: number
}

const ACTION = "access.refused"

/** Locks the kind's row until the commit, so that no other process tells the same ones. */
const COUNT = `
  INSERT INTO privacy_refusal AS r (id, actor_id, actor_type, permission, method, untold, told_at)
  VALUES ($1, $2, $3, $4, $5, 1, '-infinity')
  ON CONFLICT (id) DO UPDATE
  SET untold = r.untold + 1, updated_at = now()
  RETURNING untold, told_at <= now() - interval '1 minute' AS due`

const TELL = `
  WITH due AS (
    SELECT id, untold
    FROM privacy_refusal
    WHERE untold > 0
      AND told_at <= now() - interval '1 minute'
    ORDER BY id
    LIMIT 1000
    FOR UPDATE SKIP LOCKED
  )
  UPDATE privacy_refusal AS r
  SET untold = 0, told_at = now(), updated_at = now()
  FROM due AS d
  WHERE r.id = d.id
  RETURNING r.actor_id, r.actor_type, r.permission, r.method, d.untold AS count`

/** A kind that nothing was refused of for an hour starts anew. */
const FORGET = `
  DELETE FROM privacy_refusal
  WHERE untold = 0
    AND told_at <= now() - interval '1 hour'`
