/** The shapes of the bulk part of the plugin's admin API, as the screens read them. */

import {
  type ErasureMethod,
  type ExtractFormat,
  type FootprintEntry,
  type Hold,
  type PrivacyRequest,
  type TimelineEntry,
  type ValueChoice,
  type ValueEntry,
} from "./contract"
import { type SubjectStatus } from "../../modules/privacy/vocabulary"

export type { SubjectStatus }

/** A request as the pages under Customer data management see it. */
export interface BulkRequest extends PrivacyRequest {
  profile_version: number | null
  origin: string
  /** E-mail address of the officer who filed it; null when the server does not know. */
  requester: string | null
  requested_by_type: string
  overrides: string[]
  /** Earliest start. */
  scheduled_for: string | null
  /** When the due date was put off, and why. */
  extended_at: string | null
  extension_reason: string | null
  /** Of an access request: how many files can be downloaded, and until when. */
  files?: number
  files_expire_at?: string | null
  /** Why it stopped by itself. */
  error?: string | null
  /** Seconds until the end; null while nobody can say. */
  estimate_seconds: number | null
  /** True while it goes slowly because shoppers are about. */
  yields_to_shop?: boolean
}

export interface BulkRequestResponse {
  privacy_request: BulkRequest
}

export interface BulkRequestListResponse {
  privacy_requests: BulkRequest[]
  count: number
  offset: number
  limit: number
}

export interface PrivacySubject {
  id: string
  customer_id: string | null
  identifier_type: string
  identifier_redacted: string
  identifier_hash: string
  status: SubjectStatus
  holds: Hold[] | null
  footprint: FootprintEntry[] | null
  value: ValueEntry[] | null
  error: string | null
  processed_at: string | null
  created_at: string
}

export interface SubjectListResponse {
  subjects: PrivacySubject[]
  count: number
  offset: number
  limit: number
}

export type LineOutcome =
  | "not_found"
  | "ambiguous"
  | "duplicate"
  | "invalid"
  | "held"
  | "erased"

export interface LineCustomer {
  id: string
  email: string | null
  first_name: string | null
  last_name: string | null
  has_account: boolean
  created_at: string
}

/** A line that did not simply match. */
export interface PreviewLine {
  line: number
  identifier: string
  outcome: LineOutcome
  reason: string | null
  customers: LineCustomer[]
}

interface HeldLine {
  line: number
  customer_id: string
  identifier: string
  holds: Hold[]
}

export interface RequestPreview {
  matched: number
  not_found: number
  ambiguous: number
  duplicate: number
  /** Lines of customers erased before. */
  erased?: number
  invalid: { line: number; reason: string }[]
  held: HeldLine[]
  /** Lines that did not simply match: the first thousand. */
  lines: PreviewLine[]
  total_lines: number
  /** Subjects the request would have: matched and held. */
  subjects?: number
  plan_hash: string
}

export interface RequestPreviewResponse {
  preview: RequestPreview
}

/** Whom a request is about. */
interface SubjectsInput {
  identifier_type: string
  /** Identifiers typed in, or a file of them. */
  identifiers: string[] | File
}

interface ErasurePlanInput extends SubjectsInput {
  type: "erasure"
  method: ErasureMethod
  profile_id?: string
  /** What becomes of store credit and gift cards. */
  value?: ValueChoice
}

interface ExtractPlanInput extends SubjectsInput {
  type: "access"
  format: ExtractFormat
}

/** What a preview and a request have in common. */
export type PlanInput = ErasurePlanInput | ExtractPlanInput

export type BulkRequestInput = PlanInput & {
  reason?: string
  scheduled_for?: string
  plan_hash: string
  /** Number of subjects, as the officer typed it: only where data is removed. */
  confirm?: number
}

export interface RequestHistoryResponse {
  history: TimelineEntry[]
}

/** An archive of an access request. */
export interface RequestFile {
  id: string
  request_id: string
  /** Counts from 1: a request that was stopped and resumed has several. */
  part: number
  name: string
  format: ExtractFormat
  /** Bytes of the archive. */
  size: number
  subjects: number
  status: "ready" | "expired" | "destroyed"
  created_at: string
  expires_at: string
  destroyed_at: string | null
  destroyed_reason: "expired" | "erased_subject" | null
  downloads: { by: string | null; at: string }[]
}

export interface RequestFilesResponse {
  files: RequestFile[]
  count: number
}
