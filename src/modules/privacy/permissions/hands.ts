import { MedusaError } from "@medusajs/framework/utils"
import type { Actor } from "../audit/record"
import type { Session } from "../database/session"

/** From an API key to who made it, to its end: a key may have been made with another key. */
const HANDS = `
  WITH RECURSIVE hand (id, depth) AS (
    SELECT $1::text, 0
    UNION ALL
    SELECT k.created_by, h.depth + 1
    FROM hand AS h
    JOIN api_key AS k ON k.id = h.id
    WHERE h.depth < 20
  )
  SELECT id FROM hand ORDER BY depth`

/** The actor, and for an API key whoever made it: for four-eyes they are one. */
async function handsOf(session: Session, actor: Actor): Promise<string[]> {
  if (actor.type !== "api-key" || !actor.id) {
    return actor.id ? [actor.id] : []
  }
  const { rows } = await session.run<{ id: string }>(HANDS, [actor.id])
  return rows.map(({ id }) => id)
}

/** Writes down whose hand an API key was when it filed a request: the key itself can be deleted before the request is approved. */
export async function noteHand(session: Session, requestId: string, actor: Actor): Promise<void> {
  if (actor.type === "api-key") {
    const maker = (await handsOf(session, actor)).pop()
    await session.run("UPDATE privacy_request SET requester_user_id = $2 WHERE id = $1", [requestId, maker])
  }
}

/** Who filed a request, as far as four-eyes is concerned. */
interface Requester {
  requested_by: string | null
  requested_by_type: string
  requester_user_id: string | null
}

/**
 * Refuses an approval by the hand that filed the request, directly or by an API key.
 *
 * @throws MedusaError FORBIDDEN
 */
export async function refuseOwnApproval(session: Session, request: Requester, actor: Actor): Promise<void> {
  const approving = await handsOf(session, actor)
  const filing = await handsOf(session, { id: request.requested_by, type: request.requested_by_type as Actor["type"] })
  if (request.requester_user_id) {
    filing.push(request.requester_user_id)
  }
  if (filing.some((hand) => approving.includes(hand))) {
    throw new MedusaError(
      MedusaError.Types.FORBIDDEN,
      "Whoever filed a request, also by an API key of their making, cannot approve it. Ask another officer."
    )
  }
  if (request.requested_by_type === "api-key" && !(await isUser(session, filing))) {
    throw new MedusaError(
      MedusaError.Types.FORBIDDEN,
      "This request was filed by an API key, and no user is known who made that key: whose second pair of eyes is needed cannot be told. " +
        "Cancel it and file it again as a user."
    )
  }
}

/** True when one of the ids is a user, deleted ones included. */
async function isUser(session: Session, ids: string[]): Promise<boolean> {
  const { rows } = await session.run(`SELECT 1 FROM "user" WHERE id = ANY($1::text[]) LIMIT 1`, [ids])
  return rows.length > 0
}
