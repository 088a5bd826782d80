import { createHmac } from "node:crypto"
import { LOCK, tryLock } from "../database/locks"
import type { Session } from "../database/session"
import { derivedKey, type HashKeys } from "../options"

/** What stands before the first entry. */
const GENESIS = "genesis"

const BATCH = 1000

interface Row {
  id: string
  position: string | null
  previous_hash: string | null
  hash: string | null
  canonical: string
}

/** The content of an entry as one line of text, the same on every machine: Postgres writes it. */
const CANONICAL = `jsonb_build_array(
  id, action, actor_id, actor_type, request_id, subject_id, customer_id, details,
  to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
)::text`

/** `kid:` + HMAC-SHA-256 over position, previous hash and content: without the pepper nobody can write a chain that verifies. */
function linkHash(keys: HashKeys, kid: string, position: number, previous: string, canonical: string): string {
  const hash = createHmac("sha256", derivedKey(keys, "audit", kid)).update(`${position}\n${previous}\n${canonical}`).digest("hex")
  return `${kid}:${hash}`
}

/**
 * Links committed entries that are not in the chain yet, oldest first.
 *
 * @returns how many were linked; 0 when another instance is at it
 */
export async function sealAudit(session: Session, keys: HashKeys): Promise<number> {
  if (!(await tryLock(session, LOCK.auditSealer))) {
    return 0
  }
  const { rows: head } = await session.run<{ position: string; hash: string }>(
    "SELECT position, hash FROM privacy_audit_entry WHERE position IS NOT NULL AND deleted_at IS NULL ORDER BY position DESC LIMIT 1"
  )
  const { rows } = await session.run<Row>(
    `SELECT id, ${CANONICAL} AS canonical FROM privacy_audit_entry WHERE position IS NULL AND deleted_at IS NULL ORDER BY created_at, id LIMIT ${BATCH}`
  )
  let position = Number(head[0]?.position ?? 0)
  let previous = head[0]?.hash ?? GENESIS
  const links = rows.map(({ id, canonical }) => {
    position += 1
    const link = { id, position, previous, hash: linkHash(keys, keys.current, position, previous, canonical) }
    previous = link.hash
    return link
  })
  if (links.length) {
    await session.run(
      `UPDATE privacy_audit_entry AS e SET position = l.position, previous_hash = l.previous_hash, hash = l.hash
       FROM unnest($1::text[], $2::int[], $3::text[], $4::text[]) AS l (id, position, previous_hash, hash) WHERE e.id = l.id`,
      [links.map(({ id }) => id), links.map((link) => link.position), links.map((link) => link.previous), links.map(({ hash }) => hash)]
    )
  }
  return links.length
}

/**
 * Whether a key sealed the entries that carry its id. Asks the first and the last entry of the chain: one of them suffices, for the other may have
 * been changed afterwards.
 *
 * @returns null when neither carries the id
 */
export async function isSealedWith(session: Session, keys: HashKeys, kid: string): Promise<boolean | null> {
  const { rows } = await session.run<Row>(FIRST_AND_LAST)
  const sealed = rows.filter(({ hash }) => String(hash).startsWith(`${kid}:`))
  if (!sealed.length) {
    return null
  }
  return sealed.some((row) => linkHash(keys, kid, Number(row.position), row.previous_hash as string, row.canonical) === row.hash)
}

const ENDS = `SELECT id, position, previous_hash, hash, ${CANONICAL} AS canonical
  FROM privacy_audit_entry
  WHERE position IS NOT NULL
    AND deleted_at IS NULL
  ORDER BY position`

const FIRST_AND_LAST = `(${ENDS} LIMIT 1) UNION ALL (${ENDS} DESC LIMIT 1)`

/** Outcome of a check of the whole chain. */
export interface ChainReport {
  valid: boolean
  /** Entries checked. */
  entries: number
  /** Entries written and not yet linked: no fault, the next sealing takes them. */
  unsealed: number
  /** The first place where the chain breaks. */
  broken_at?: { position: number; entry_id: string | null; problem: string }
}

/**
 * Walks the chain from its first entry and recomputes every hash.
 *
 * @param keyProblem why the configured pepper cannot tell
 */
export async function verifyChain(session: Session, keys: HashKeys, keyProblem: { message: string } | null = null): Promise<ChainReport> {
  const { rows: waiting } = await session.run<{ count: number }>(
    "SELECT count(*)::int AS count FROM privacy_audit_entry WHERE position IS NULL AND deleted_at IS NULL"
  )
  const report = { unsealed: waiting[0].count }
  if (keyProblem) {
    // Under another pepper every entry would look changed.
    return { ...report, valid: false, entries: 0, broken_at: { position: 0, entry_id: null, problem: keyProblem.message } }
  }
  let position = 0
  let previous = GENESIS
  for (;;) {
    const { rows } = await session.run<Row>(
      `SELECT id, position, previous_hash, hash, ${CANONICAL} AS canonical FROM privacy_audit_entry
       WHERE position > $1 AND deleted_at IS NULL ORDER BY position LIMIT ${BATCH}`,
      [position]
    )
    for (const row of rows) {
      position += 1
      const broken = (problem: string): ChainReport => ({
        ...report,
        valid: false,
        entries: position - 1,
        broken_at: { position, entry_id: Number(row.position) === position ? row.id : null, problem },
      })
      if (Number(row.position) !== position) {
        return broken("an entry is missing here")
      }
      if (row.previous_hash !== previous) {
        return broken("the entry does not follow the one before it")
      }
      const kid = String(row.hash).split(":")[0]
      if (!keys.keys.has(kid)) {
        return broken(`it was sealed with the pepper "${kid}", which is not among the configured keys`)
      }
      if (linkHash(keys, kid, position, previous, row.canonical) !== row.hash) {
        return broken("the entry was changed after it was written")
      }
      previous = row.hash as string
    }
    if (rows.length < BATCH) {
      return { ...report, valid: true, entries: position }
    }
  }
}
