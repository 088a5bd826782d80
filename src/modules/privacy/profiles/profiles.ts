import { MedusaError } from "@medusajs/framework/utils"
import { recordAudit, type Actor } from "../audit/record"
import { conflict } from "../conflict"
import { LOCK, takeLock } from "../database/locks"
import { newId } from "../database/new-id"
import type { Session } from "../database/session"
import type { MapEntry } from "../data-map/definition"
import { checkOverrides, type ProfileOverride } from "../erasure/plan"
import type { Page } from "../requests/read-requests"

/** A profile as the API shows it. */
export interface Profile {
  id: string
  name: string
  description: string | null
  version: number
  overrides: ProfileOverride[]
  created_at: Date
  updated_at: Date
}

export interface ProfileInput {
  name: string
  description?: string | null
  overrides: ProfileOverride[]
}

const COLUMNS = "id, name, description, version, overrides, created_at, updated_at"

export async function listProfiles(session: Session, { limit, offset }: Page): Promise<{ profiles: Profile[]; count: number }> {
  const { rows: profiles } = await session.run<Profile>(
    `SELECT ${COLUMNS} FROM privacy_profile WHERE deleted_at IS NULL ORDER BY name LIMIT $1 OFFSET $2`,
    [limit, offset]
  )
  const { rows } = await session.run<{ count: number }>("SELECT count(*)::int AS count FROM privacy_profile WHERE deleted_at IS NULL")
  return { profiles, count: rows[0].count }
}

/** @throws MedusaError NOT_FOUND */
export async function readProfile(session: Session, id: string): Promise<Profile> {
  const { rows } = await session.run<Profile>(`SELECT ${COLUMNS} FROM privacy_profile WHERE id = $1 AND deleted_at IS NULL`, [id])
  if (!rows.length) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `Privacy profile with id: ${id} was not found`)
  }
  return rows[0]
}

/** The overrides a request was filed with, whatever became of the profile since. */
export async function readProfileVersion(session: Session, id: string | null, version: number | null): Promise<ProfileOverride[]> {
  if (!id) {
    return []
  }
  const { rows } = await session.run<{ overrides: ProfileOverride[] }>(
    "SELECT overrides FROM privacy_profile_version WHERE profile_id = $1 AND version = $2",
    [id, version]
  )
  if (!rows.length) {
    throw new MedusaError(
      MedusaError.Types.UNEXPECTED_STATE,
      `Privacy: version ${version} of profile ${id} is missing. Nothing was erased; file the request again.`
    )
  }
  return rows[0].overrides
}

/** @throws MedusaError INVALID_DATA when an override does not fit the data map; CONFLICT when the name is taken */
export async function createProfile(session: Session, entries: MapEntry[], input: ProfileInput, actor: Actor): Promise<Profile> {
  checkOverrides(input.overrides, entries)
  await refuseTakenName(session, input.name, null)
  const id = newId("prvpro")
  await session.run("INSERT INTO privacy_profile (id, name, description, version, overrides) VALUES ($1, $2, $3, 1, $4)", [
    id, input.name, input.description ?? null, JSON.stringify(input.overrides),
  ])
  await keepVersion(session, id)
  await recordAudit(session, [{ action: "profile.created", actor, details: { profile_id: id, version: 1 } }])
  return readProfile(session, id)
}

/** Every change makes a new version; requests already filed keep theirs. */
export async function updateProfile(
  session: Session,
  entries: MapEntry[],
  id: string,
  input: Partial<ProfileInput>,
  actor: Actor
): Promise<Profile> {
  await session.run("SELECT 1 FROM privacy_profile WHERE id = $1 FOR UPDATE", [id])
  const profile = await readProfile(session, id)
  const next = { ...profile, ...input }
  checkOverrides(next.overrides, entries)
  await refuseTakenName(session, next.name, id)
  await session.run(
    "UPDATE privacy_profile SET name = $2, description = $3, overrides = $4, version = version + 1, updated_at = now() WHERE id = $1",
    [id, next.name, next.description ?? null, JSON.stringify(next.overrides)]
  )
  await keepVersion(session, id)
  await recordAudit(session, [{ action: "profile.updated", actor, details: { profile_id: id, version: profile.version + 1 } }])
  return readProfile(session, id)
}

/** The profile can no longer be chosen; its versions stay for the requests that used them. */
export async function deleteProfile(session: Session, id: string, actor: Actor): Promise<void> {
  await readProfile(session, id)
  await session.run("UPDATE privacy_profile SET deleted_at = now() WHERE id = $1", [id])
  await recordAudit(session, [{ action: "profile.deleted", actor, details: { profile_id: id } }])
}

async function keepVersion(session: Session, id: string) {
  await session.run(
    `INSERT INTO privacy_profile_version (id, profile_id, version, overrides)
     SELECT $2, id, version, overrides FROM privacy_profile WHERE id = $1`,
    [id, newId("prvpv")]
  )
}

async function refuseTakenName(session: Session, name: string, own: string | null) {
  // Two officers at once: the second waits here and then finds the first one's name.
  await takeLock(session, LOCK.profileNames)
  const { rows } = await session.run("SELECT 1 FROM privacy_profile WHERE name = $1 AND deleted_at IS NULL AND id IS DISTINCT FROM $2", [name, own])
  if (rows.length) {
    throw conflict(`A profile named "${name}" exists already. Choose another name.`)
  }
}
