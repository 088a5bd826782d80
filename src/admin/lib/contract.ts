/** The shapes of the plugin's admin API, as the screens read them. */

import {
  type ExtractFormat,
  type Method as ErasureMethod,
  type Permission as PrivacyPermission,
  type RequestStatus as PrivacyRequestStatus,
  type ValueChoice,
} from "../../modules/privacy/vocabulary"

export type {
  ErasureMethod,
  ExtractFormat,
  PrivacyPermission,
  PrivacyRequestStatus,
  ValueChoice,
}

export type RequestType = "erasure" | "access"

export interface PrivacyPermissionsResponse {
  permissions: PrivacyPermission[]
  default_method: ErasureMethod
  /** How officers may list subjects in bulk: "email", "customer_id", "phone" or an alternate id of the store. */
  identifier_types: string[]
  /** Days before its due date from which on an open request is due soon; 0 for never. */
  due_reminder_days: number
  /** Whether a bulk request may be given a start time. */
  scheduling: boolean
  /** Whether the server carries out access requests. */
  access_requests?: boolean
}

export interface PrivacyRequestTotals {
  subjects: number
  pending: number
  complete: number
  held: number
  not_found: number
  failed: number
  canceled: number
}

export interface PrivacyRequest {
  id: string
  type: RequestType
  method: ErasureMethod | null
  /** Of an access request: how the archive is written. */
  format?: ExtractFormat | null
  profile_id: string | null
  status: PrivacyRequestStatus
  reference: string
  totals: PrivacyRequestTotals
  requested_by: string | null
  reason: string | null
  created_at: string
  started_at: string | null
  completed_at: string | null
  due_at: string | null
}

export interface PrivacyRequestResponse {
  privacy_request: PrivacyRequest
}

type CustomerPrivacyStatus =
  | "active"
  | "running"
  | "held"
  | "erased"
  | "failed"
  | "protected"

export interface FootprintEntry {
  kind: string
  count: number
}

export interface ValueEntry {
  currency_code: string
  store_credit: number
  gift_cards: number
}

export interface SubscriptionEntry {
  id: string
  label: string
  status: string
}

export interface Hold {
  code: string
  severity: "block" | "warn"
  /** In English, for codes this version has no words for. */
  message: string
  /** The numbers in the message; missing from holds of earlier versions. */
  params?: {
    count: number
    days?: number
    value?: { currency_code: string; amount: number }[]
  }
}

export interface KeptEntry {
  kind: string
  reason: string
}

export interface TimelineEntry {
  id: string
  action: string
  at: string
  actor: string | null
  message: string
  request_id: string | null
}

/** The newest archive made for one customer alone. */
export interface CustomerArchive {
  request_id: string
  file_id: string
  name: string
  size: number
  created_at: string
  expires_at: string
}

export interface CustomerPrivacy {
  customer_id: string
  status: CustomerPrivacyStatus
  footprint: FootprintEntry[]
  value: ValueEntry[]
  subscriptions: SubscriptionEntry[]
  holds: Hold[]
  retention: {
    policy_id: string | null
    last_interaction_at: string | null
    deletion_at: string | null
  } | null
  kept: KeptEntry[]
  active_request: PrivacyRequest | null
  /** The customer's own part in that request. */
  active_subject?: { id: string; status: string } | null
  archive?: CustomerArchive | null
  /** An export that is under way. */
  active_extract?: { id: string; status: PrivacyRequestStatus } | null
  timeline: TimelineEntry[]
}

export interface CustomerPrivacyResponse {
  customer_privacy: CustomerPrivacy
}

export interface AnonymizeCustomerBody {
  email: string
  method?: ErasureMethod
  profile_id?: string
  reason?: string
  override?: string[]
  value?: ValueChoice
}

/** What becomes of store credit and gift cards. */
interface DataMapColumn {
  name: string
  category: string
  strategy: string
  removed: boolean
}

export interface DataMapTable {
  table: string
  kind: string
  module: string
  columns: DataMapColumn[]
}

export interface StrategyDescription {
  name: string
  description: string
  options: string[]
}

export interface UnclassifiedColumn {
  table: string
  column: string
  type: string
  declaration: string
}

export interface DataMapCoverage {
  tables: number
  columns: number
  personal: number
  unclassified: UnclassifiedColumn[]
}

export interface DataMap {
  tables: DataMapTable[]
  strategies: StrategyDescription[]
  coverage: DataMapCoverage
}

export type IndexStatus = "missing" | "building" | "failed"

/** An index the data map would need and the database lacks. */
export interface MissingIndex {
  name: string
  table: string
  expression: string
  rows: number
  covers: "all" | "deleted"
  kinds: string[]
  statement: string
  status: IndexStatus
  error: string | null
}

export interface MissingIndexesResponse {
  indexes: MissingIndex[]
}

export interface DataMapResponse {
  data_map: DataMap
}

export interface ProfileOverride {
  category?: string
  table?: string
  column?: string
  strategy: string
  options?: Record<string, unknown>
}

export interface PrivacyProfile {
  id: string
  name: string
  description: string | null
  version: number
  overrides: ProfileOverride[]
  created_at: string
  updated_at: string
}

export interface PrivacyProfileResponse {
  privacy_profile: PrivacyProfile
}

export interface PrivacyProfileListResponse {
  privacy_profiles: PrivacyProfile[]
  count: number
  offset: number
  limit: number
}

export interface PrivacyProfileBody {
  name: string
  description: string | null
  overrides: ProfileOverride[]
}
