import type { Session } from "../database/session"
import { toLanguage } from "../languages"
import type { Language } from "../vocabulary"

/** Language of whoever filed the request; English where nobody said. */
export async function readLanguage(session: Session, id: string): Promise<Language> {
  const { rows } = await session.run<{ language: string | null }>("SELECT language FROM privacy_request WHERE id = $1", [id])
  return toLanguage(rows[0].language)
}
