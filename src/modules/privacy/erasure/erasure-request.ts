import type { Actor } from "../audit/record"
import type { BoundDataMap } from "../data-map/data-map"
import type { Destination } from "../destinations/registry"
import type { Hold } from "../holds/find-holds"
import type { PrivacyOptions } from "../options"
import type { ErasurePlan } from "./mask"
import type { CurrencyValue } from "./value"

/** What a chunk needs to know of its request. */
export interface ErasureRequest {
  id: string
  reference: string
  plan: ErasurePlan
  /** Codes of holds the officer forces. */
  overrides: string[]
  /** Holds whoever still has store credit or gift cards. */
  holdValue?: boolean
  actor: Actor
}

/** A subject row as claimed. */
export interface ClaimedSubject {
  id: string
  customer_id: string
  identifier_type: string
  identifier_hash: string
  identifier_redacted: string
  /** Who it was when it was filed; null for what is not compared. */
  identity_hash: string | null
  pseudonym: string
}

/** How one subject came out of a chunk. */
export interface Outcome {
  subject: ClaimedSubject
  status: "complete" | "held" | "not_found"
  holds: (Hold & { overridden: boolean })[]
  value: CurrencyValue[]
  /** Erased by an earlier request; nothing new is proclaimed. */
  already: boolean
  /** What the erased subject was known by, as keyed hashes. */
  hashes?: string[]
}

export interface Environment {
  map: BoundDataMap
  options: PrivacyOptions
  /** Systems outside the database that must be told; none when left out. */
  destinations?: Destination[]
}
