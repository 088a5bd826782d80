import { MedusaError } from "@medusajs/framework/utils"
import { recordAudit, type Actor } from "../audit/record"
import type { Session } from "../database/session"
import type { HashKeys } from "../options"
import { unwrapKey } from "./keys"

/** An archive of an extract as the API shows it. */
export interface PrivacyFileView {
  id: string
  request_id: string
  /** Counts the archives of a request from 1. */
  part: number
  name: string
  format: "json" | "csv"
  /** Bytes of the zip. */
  size: number
  subjects: number
  /** Only `ready` ones can be downloaded. */
  status: "ready" | "expired" | "destroyed"
  created_at: Date
  expires_at: Date
  destroyed_at: Date | null
  destroyed_reason: "expired" | "erased_subject" | null
  /** Who downloaded it, and when. */
  downloads: { by: string | null; at: Date }[]
}

/** The archives of a request, oldest first. One whose time is over counts as expired before the sweep comes by. */
export async function listFiles(session: Session, requestId: string): Promise<PrivacyFileView[]> {
  const { rows } = await session.run<PrivacyFileView>(
    `SELECT f.id, f.request_id, f.part, f.name, f.format, f.size::float8 AS size, f.subjects,
       CASE WHEN f.status = 'ready' AND f.expires_at <= now() THEN 'expired' ELSE f.status END AS status,
       f.sealed_at AS created_at, f.expires_at, f.destroyed_at, f.destroyed_reason,
       (SELECT coalesce(json_agg(json_build_object('by', coalesce(u.email, a.actor_id), 'at', a.created_at) ORDER BY a.created_at), '[]')
        FROM privacy_audit_entry AS a LEFT JOIN "user" AS u ON u.id = a.actor_id
        WHERE a.request_id = f.request_id AND a.action = 'extract.downloaded' AND a.details ->> 'file_id' = f.id AND a.deleted_at IS NULL) AS downloads
     FROM privacy_file AS f WHERE f.request_id = $1 AND f.sealed_at IS NOT NULL AND f.deleted_at IS NULL ORDER BY f.part`,
    [requestId]
  )
  return rows
}

/** What is needed to read an archive. */
export interface OpenedFile {
  id: string
  name: string
  size: number
  storageKey: string
  key: Buffer
}

/**
 * The one answer to every file that cannot be had: whether it never was, is another request's, has expired or was destroyed is nobody's business
 * who does not list the files.
 */
const noSuchFile = () => new MedusaError(MedusaError.Types.NOT_FOUND, "There is no such file, or it is not available any more.")

/**
 * Hands out what is needed to read an archive.
 *
 * @throws MedusaError NOT_FOUND with the same words whatever the reason
 */
export async function openFile(session: Session, keys: HashKeys, requestId: string, fileId: string): Promise<OpenedFile> {
  const { rows } = await session.run<{ id: string; name: string; size: number; storage_key: string; wrapped_key: string }>(
    `SELECT id, name, size::float8 AS size, storage_key, wrapped_key FROM privacy_file
     WHERE id = $1 AND request_id = $2 AND status = 'ready' AND expires_at > now() AND wrapped_key IS NOT NULL AND deleted_at IS NULL`,
    [fileId, requestId]
  )
  if (!rows.length) {
    throw noSuchFile()
  }
  const [{ id, name, size, storage_key, wrapped_key }] = rows
  return { id, name, size, storageKey: storage_key, key: unwrapKey(keys, id, wrapped_key) }
}

/** Writes down who downloads what, before the first byte is sent. */
export async function noteDownload(session: Session, requestId: string, fileId: string, actor: Actor, bytes: string | null): Promise<void> {
  const { rows } = await session.run<{ customer_id: string; subject_id: string }>(
    `SELECT min(customer_id) AS customer_id, min(id) AS subject_id FROM privacy_subject WHERE file_id = $1 AND deleted_at IS NULL HAVING count(*) = 1`,
    [fileId]
  )
  await recordAudit(session, [
    {
      action: "extract.downloaded",
      actor,
      requestId,
      ...(rows.length ? { subjectId: rows[0].subject_id, customerId: rows[0].customer_id } : {}),
      details: { file_id: fileId, ...(bytes ? { bytes } : {}) },
    },
  ])
}
