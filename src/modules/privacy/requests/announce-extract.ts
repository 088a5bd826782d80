import { queueDeliveries } from "../jobs/outbox"
import type { Session } from "../database/session"
import type { PrivacyOptions } from "../options"
import { announce } from "../webhooks/announce"
import { readLanguage } from "./read-language"
import { readRequest } from "./read-requests"

/** Page of a request in the admin, below the admin's own path. */
const pageOf = (id: string) => `/customer-data/${id}`

/** Tells the webhooks, the bell in the admin, and by e-mail whoever asked, that an extract has come to its end. Nothing in it is about the subjects. */
export async function announceExtract(session: Session, { extracts }: Pick<PrivacyOptions, "extracts">, id: string): Promise<void> {
  const { reference, totals, files, files_expire_at, status, requested_by, requested_by_type } = await readRequest(session, id)
  const expires_at = files_expire_at?.toISOString() ?? null
  const { rows } = await session.run<{ incomplete: number }>(
    "SELECT count(*)::int AS incomplete FROM privacy_subject WHERE request_id = $1 AND status = 'complete' AND error IS NOT NULL AND deleted_at IS NULL",
    [id]
  )
  const facts = { request_id: id, reference, type: "access", status, totals }
  await announce(session, [
    { type: "privacy_request.completed", requestId: id, data: { ...facts, method: null } },
    ...(files ? [{ type: "extract.ready" as const, requestId: id, data: { ...facts, files, expires_at } }] : []),
  ])
  const common = { requestId: id, subjectId: "", event: `request.${status}` }
  await queueDeliveries(session, [
    { ...common, destination: "feed", payload: { reference, language: await readLanguage(session, id), files, expires_at, ...totals, ...rows[0] } },
    ...(files && requested_by && requested_by_type === "user"
      ? [
          {
            ...common,
            destination: "email" as const,
            payload: {
              user_id: requested_by,
              template: extracts.email_template,
              path: pageOf(id),
              reference,
              expires_at,
              subjects: totals.complete,
            },
          },
        ]
      : []),
  ])
}
