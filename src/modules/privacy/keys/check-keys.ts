import { createHmac } from "node:crypto"
import { MedusaError } from "@medusajs/framework/utils"
import { isSealedWith } from "../audit/chain"
import type { Session } from "../database/session"
import { derivedKey, type HashKeys } from "../options"

/** Why the plugin refuses to work with the configured pepper. */
export interface KeyProblem {
  code: "other_key" | "development_key"
  /** Id of the key. */
  key: string
  message: string
}

/**
 * Compares the configured peppers with those the store has been used with. Another pepper under the same id would sign and seal under a false name:
 * look-ups would find nothing, and the audit log would look tampered with.
 *
 * @param remember at a start of the store: notes the check values of keys that are new
 * @returns the first problem, or null
 */
export async function checkKeys(session: Session, keys: HashKeys, { remember }: { remember: boolean }): Promise<KeyProblem | null> {
  const stored = await readChecks(session)
  const problem = await findProblem(session, keys, stored)
  const fresh = [...keys.keys.keys()].filter((id) => !stored.has(id))
  if (problem || !remember || !fresh.length) {
    return problem
  }
  await session.run(
    `INSERT INTO privacy_key_check (id, value)
     SELECT id, value FROM unnest($1::text[], $2::text[]) AS k (id, value)
     ON CONFLICT (id) DO NOTHING`,
    [fresh, fresh.map((id) => checkValue(keys, id))]
  )
  // Another process may have been first, with another pepper.
  return findProblem(session, keys, await readChecks(session))
}

/** @throws MedusaError NOT_ALLOWED that says what to do */
export function refuseOtherKey(problem: KeyProblem | null): void {
  if (problem) {
    throw new MedusaError(MedusaError.Types.NOT_ALLOWED, problem.message)
  }
}

async function findProblem(session: Session, keys: HashKeys, stored: Map<string, string>): Promise<KeyProblem | null> {
  for (const id of keys.keys.keys()) {
    const known = stored.get(id)
    // A store that was used before check values were kept is known by its audit log.
    const differs = known === undefined ? (await isSealedWith(session, keys, id)) === false : known !== checkValue(keys, id)
    if (differs) {
      return otherKey(id, keys)
    }
  }
  const others = [...stored.keys()].filter((id) => !keys.keys.has(id))
  return keys.development && others.length ? developmentKey(others[0]) : null
}

async function readChecks(session: Session): Promise<Map<string, string>> {
  const { rows } = await session.run<{ id: string; value: string }>("SELECT id, value FROM privacy_key_check WHERE deleted_at IS NULL")
  return new Map(rows.map(({ id, value }) => [id, value]))
}

const checkValue = (keys: HashKeys, id: string): string =>
  createHmac("sha256", derivedKey(keys, "key-check", id)).update("medusa-plugin-privacy").digest("hex")

const otherKey = (key: string, { development }: HashKeys): KeyProblem => ({
  code: "other_key",
  key,
  message:
    `Privacy: the pepper "${key}" is not the one this store has been used with` +
    (development ? ": the option `pepper` is missing, and the development pepper stands in for it. " : ". ") +
    "Requests and jobs are refused. Put the former pepper back, or give the new one an id of its own: " +
    `pepper: { current: "<new id>", keys: { ${key}: <the former one>, "<new id>": <the new one> } }.`,
})

const developmentKey = (key: string): KeyProblem => ({
  code: "development_key",
  key: "k1",
  message:
    `Privacy: the option \`pepper\` is missing, and this store has been used with a pepper of its own ("${key}"). Requests and jobs are refused. ` +
    "Set `pepper` to what it was.",
})
