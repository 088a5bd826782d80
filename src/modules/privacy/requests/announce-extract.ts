import { queueDeliveries } from "../jobs/outbox"
import type { Session } from "../database/session"
import type { PrivacyOptions } from "../options"
import { announce } from "../webhooks/announce"
import { readRequest } from "./read-requests"

/** Page of a request in the admin, below the admin's own path. */
const pageOf = (id: string) => `/customer-data/${id}`

/** Tells the webhooks, the bell in the admin, and by e-mail whoever asked, that an extract has come to its end. Nothing in it is about the subjects. */
export async function announceExtract(session: Session, { extracts }: Pick<PrivacyOptions, "extracts">, id: string): Promise<void> {
  const { reference, totals, files, files_expire_at, status, requested_by, requested_by_type } = await readRequest(session, id)
  const parts = [
    `${totals.complete} extracted`,
    totals.not_found && `${totals.not_found} not found`,
    totals.failed && `${totals.failed} failed`,
    totals.canceled && `${totals.canceled} erased meanwhile`,
  ].filter(Boolean)
  const { rows } = await session.run<{ count: number }>(
    "SELECT count(*)::int AS count FROM privacy_subject WHERE request_id = $1 AND status = 'complete' AND error IS NOT NULL AND deleted_at IS NULL",
    [id]
  )
  if (rows[0].count) {
    parts.push(`${rows[0].count} without all that others hold: see the reason beside each customer`)
  }
  const expires = files_expire_at ? ` Available until ${files_expire_at.toISOString().slice(0, 10)}.` : ""
  const facts = { request_id: id, reference, type: "access", status, totals }
  await announce(session, [
    { type: "privacy_request.completed", requestId: id, data: { ...facts, method: null } },
    ...(files ? [{ type: "extract.ready" as const, requestId: id, data: { ...facts, files, expires_at: files_expire_at?.toISOString() ?? null } }] : []),
  ])
  const common = { requestId: id, subjectId: "", event: `request.${status}` }
  await queueDeliveries(session, [
    {
      ...common,
      destination: "feed",
      payload: { title: files ? `Extract ${reference} is ready` : `Extract ${reference} has ended without data`, description: `${parts.join(", ")}.${expires}` },
    },
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
              expires_at: files_expire_at?.toISOString() ?? null,
              subjects: totals.complete,
            },
          },
        ]
      : []),
  ])
}
