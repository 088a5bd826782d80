import { MedusaError } from "@medusajs/framework/utils"
import { recordAudit, type Actor } from "../audit/record"
import { newId } from "../database/new-id"
import type { Session } from "../database/session"
import type { IndexView } from "./read-indexes"

/**
 * Notes which indexes shall be built; the workers do it. An index that is there, or under way, stays as it is.
 *
 * @param missing what the database lacks now
 * @returns the names that were noted
 * @throws MedusaError INVALID_DATA for a name the data map does not ask for
 */
export async function requestIndexes(session: Session, missing: IndexView[], names: string[], actor: Actor): Promise<string[]> {
  const byName = new Map(missing.map((index) => [index.name, index]))
  const { rows: built } = await session.run<{ name: string }>(
    "SELECT name FROM privacy_index_build WHERE name = ANY($1::text[]) AND status = 'ready' AND deleted_at IS NULL",
    [names]
  )
  const known = new Set([...byName.keys(), ...built.map(({ name }) => name)])
  const unknown = names.filter((name) => !known.has(name))
  if (unknown.length) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `Not among the missing indexes: ${unknown.join(", ")}. Choose names from GET /admin/privacy-data-map/indexes.`
    )
  }
  const wanted = [...new Set(names)].flatMap((name) => byName.get(name) ?? [])
  const { rows } = await session.run<{ name: string }>(
    `INSERT INTO privacy_index_build (id, name, table_name, statement, requested_by)
     SELECT id, name, table_name, statement, $5 FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS i (id, name, table_name, statement)
     ON CONFLICT (name) WHERE deleted_at IS NULL DO UPDATE SET statement = excluded.statement, status = 'building', attempts = 0, error = NULL,
       requested_by = excluded.requested_by, finished_at = NULL, updated_at = now() WHERE privacy_index_build.status <> 'building'
     RETURNING name`,
    [
      wanted.map(() => newId("prvidx")),
      wanted.map(({ name }) => name),
      wanted.map(({ table }) => table),
      wanted.map(({ statement }) => statement),
      actor.id,
    ]
  )
  const noted = rows.map(({ name }) => name)
  if (noted.length) {
    await recordAudit(session, [{ action: "index.requested", actor, details: { names: noted } }])
  }
  return noted
}
