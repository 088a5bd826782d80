import { MedusaError } from "@medusajs/framework/utils"
import { recordAudit, SYSTEM, type Actor } from "../audit/record"
import { newId } from "../database/new-id"
import type { Session } from "../database/session"
import { normalizeEmail } from "../database/email-form/normalize-email"
import { addressesOf, BIND_SCRIPT, isAddress, type OfficerOption } from "./officers"
import { PERMISSIONS, type Permission } from "./permissions"

/** An admin user, or what is left of a deleted one. */
interface User {
  id: string
  email: string
  live: boolean
}

interface Known {
  id: string
  address: string
  user_id: string | null
  bound_at: Date | null
}

/** Starts of several processes resolve one after another; readers do not wait. */
const LOCK = "LOCK TABLE privacy_officer IN SHARE ROW EXCLUSIVE MODE"

/**
 * Resolves the addresses of the option `officers` that no start has seen before, each to the one live user who has it. An address that stands for no
 * user, or for several, is written down as unresolved and stays so at later starts: whoever took it by an invitation would be an officer.
 *
 * The exception is a new store whose first user was made on the server, possibly after the first start: an address is resolved later too while
 * the table of users, deleted ones included, has exactly that one row and no officer was ever bound or named by id.
 */
export async function resolveOfficers(session: Session, officers: OfficerOption[]): Promise<void> {
  const addresses = addressesOf(officers)
  if (!addresses.length) {
    return
  }
  await session.run(LOCK)
  const known = await readKnown(session)
  const users = await readUsers(session)
  const isNewStore =
    users.length === 1 && !known.some(({ bound_at }) => bound_at) && officers.every(({ user }) => isAddress(user))
  for (const address of addresses) {
    const row = known.find((one) => one.address === address)
    const found = liveUserOf(users, address)
    if (typeof found !== "string" && (!row || isNewStore)) {
      await bind(session, row, address, found.id, "start", SYSTEM)
    } else if (!row) {
      await noteUnresolved(session, address, found as Unresolved)
    }
  }
}

/** What the bind script did about one address. */
export interface BindResult {
  address: string
  outcome: "bound" | "unchanged" | Unresolved
  user_id: string | null
}

/**
 * Binds addresses anew at an operator's or a configurer's word.
 *
 * @param chosen the addresses to bind, each to the one live user who has exactly it, also where it stands for another one so far; when left out,
 * those that stand for no live user and have one live user alone, other casings counted
 * @throws MedusaError INVALID_DATA for an address that the options do not name
 */
export async function bindOfficers(
  session: Session,
  officers: OfficerOption[],
  { chosen, by, actor }: { chosen?: string[]; by: string; actor: Actor }
): Promise<BindResult[]> {
  const addresses = addressesOf(officers)
  const foreign = chosen?.findIndex((address) => !addresses.includes(address)) ?? -1
  if (foreign >= 0) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      "The option `officers` does not name this address, letter for letter. Only addresses named there can be bound."
    )
  }
  await session.run(LOCK)
  const known = await readKnown(session)
  const users = await readUsers(session)
  const results: BindResult[] = []
  for (const address of chosen ?? addresses) {
    const row = known.find((one) => one.address === address)
    const holder = users.find(({ id, live }) => live && id === row?.user_id)
    const found = chosen ? exactUserOf(users, address) : liveUserOf(users, address)
    if (holder && (!chosen || (typeof found !== "string" && found.id === holder.id))) {
      results.push({ address, outcome: "unchanged", user_id: holder.id })
    } else if (typeof found === "string") {
      results.push({ address, outcome: found, user_id: null })
    } else {
      await bind(session, row, address, found.id, by, actor)
      results.push({ address, outcome: "bound", user_id: found.id })
    }
  }
  return results
}

/**
 * A configurer cannot hand out by an address what they do not have: else an invitation under that address would give it to them.
 *
 * @throws MedusaError FORBIDDEN
 */
export function refuseGreaterGrant(entries: OfficerOption[], held: Permission[]): void {
  const granted = entries.flatMap(({ permissions }) => permissions)
  const missing = PERMISSIONS.filter((one) => (granted.includes("all") || granted.includes(one)) && !held.includes(one))
  if (missing.length) {
    throw new MedusaError(
      MedusaError.Types.FORBIDDEN,
      `This address grants ${missing.join(", ")}, which you do not have yourself. Ask an officer who has, or run \`${BIND_SCRIPT}\` on the server.`
    )
  }
}

/** @throws MedusaError INVALID_DATA when there is no such user */
export function refuseUnbound(outcome: BindResult["outcome"]): void {
  if (outcome === "no_user" || outcome === "several_users") {
    throw new MedusaError(MedusaError.Types.INVALID_DATA, "No admin user has exactly this address. Name the user's id in `officers`.")
  }
}

type Unresolved = "no_user" | "several_users"

/** The one live user with exactly this address, byte for byte. */
function exactUserOf(users: User[], address: string): User | Unresolved {
  const [user, another] = users.filter(({ email, live }) => live && email === address)
  return another ? "several_users" : (user ?? "no_user")
}

/** As `exactUserOf`, and none while another live user's address differs in casing alone: one of the two may have been taken to look like the other. */
function liveUserOf(users: User[], address: string): User | Unresolved {
  const alike = users.filter(({ email, live }) => live && normalizeEmail(email) === normalizeEmail(address))
  return alike.length > 1 ? "several_users" : exactUserOf(users, address)
}

async function readUsers(session: Session): Promise<User[]> {
  const { rows } = await session.run<User>(`SELECT id, email, deleted_at IS NULL AS live FROM "user"`)
  return rows
}

async function readKnown(session: Session): Promise<Known[]> {
  const { rows } = await session.run<Known>("SELECT id, address, user_id, bound_at FROM privacy_officer WHERE deleted_at IS NULL")
  return rows
}

async function bind(session: Session, row: Known | undefined, address: string, userId: string, by: string, actor: Actor) {
  const id = row?.id ?? newId("prvofc")
  await session.run(BIND, [id, address, userId, by])
  await recordAudit(session, [
    { action: "officer.bound", actor, details: { officer: id, user_id: userId, by, ...(row?.user_id ? { instead_of: row.user_id } : {}) } },
  ])
}

async function noteUnresolved(session: Session, address: string, reason: Unresolved) {
  const id = newId("prvofc")
  await session.run("INSERT INTO privacy_officer (id, address, unresolved) VALUES ($1, $2, $3)", [id, address, reason])
  await recordAudit(session, [{ action: "officer.unresolved", actor: SYSTEM, details: { officer: id, reason } }])
}

const BIND = `
  INSERT INTO privacy_officer (id, address, user_id, bound_at, bound_by)
  VALUES ($1, $2, $3, now(), $4)
  ON CONFLICT (id) DO UPDATE
  SET user_id = excluded.user_id, unresolved = NULL, bound_at = now(), bound_by = excluded.bound_by, updated_at = now()`
