import { DestinationError } from "../../destinations"
import type { CheckedSegmentOptions } from "./options"

/** Milliseconds a call may take. */
const TIMEOUT = 20_000

/** Seconds to rest where Segment asks for it without saying how long. */
const DEFAULT_REST = 60

/** One "User Deleted". */
export interface TrackEvent {
  userId: string
  messageId: string
}

/** How far one of Segment's destinations has got. */
interface StreamStatus {
  id: string
  destinationStatus: { name: string; id: string; status: string; errString?: string }[]
}

/** A regulation as the Public API shows it. */
export interface Regulation {
  id: string
  overallStatus: string
  streamStatus: StreamStatus[]
}

/** Segment's HTTP tracking API and Public API. */
export class SegmentClient {
  constructor(private readonly options: CheckedSegmentOptions) {}

  /** Sends tracks in one batch; Segment drops repeats by `messageId`. */
  async track(event: string, events: TrackEvent[]): Promise<void> {
    const key = Buffer.from(`${this.options.write_key}:`).toString("base64")
    await this.send(`${this.options.tracking}/v1/batch`, `Basic ${key}`, "The write key is not valid. Set the right one in the options.", {
      method: "POST",
      body: JSON.stringify({ batch: events.map((one) => ({ type: "track", event, ...one, properties: {}, context: { library: { name: "medusa-plugin-privacy" } } })) }),
    })
  }

  /** @returns the id of the regulation */
  async regulate(userIds: string[]): Promise<string> {
    const answer = await this.publicApi<{ data?: { regulateId?: unknown } }>("/regulations", {
      method: "POST",
      body: JSON.stringify({ regulationType: this.options.regulation, subjectType: "USER_ID", subjectIds: userIds }),
    })
    const id = answer.data?.regulateId
    if (typeof id !== "string" || !id) {
      throw new DestinationError("Segment took the regulation and gave no id for it.")
    }
    return id
  }

  async regulation(id: string): Promise<Regulation> {
    const answer = await this.publicApi<{ data?: { regulation?: Partial<Regulation> } }>(`/regulations/${encodeURIComponent(id)}`)
    const { overallStatus, streamStatus = [] } = answer.data?.regulation ?? {}
    if (typeof overallStatus !== "string" || !Array.isArray(streamStatus)) {
      throw new DestinationError("Segment's answer on the regulation has no status.")
    }
    return { id, overallStatus, streamStatus }
  }

  private publicApi<T>(path: string, init: RequestInit = {}): Promise<T> {
    return this.send<T>(
      `${this.options.api}${path}`, `Bearer ${this.options.api_token}`,
      "The API token is not valid or may not make regulations. Set one with that right in the options.", init
    )
  }

  private async send<T>(url: string, authorization: string, whenRefused: string, init: RequestInit): Promise<T> {
    const response = await fetch(url, {
      ...init,
      headers: { authorization, "content-type": "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT),
    })
    const { status } = response
    if (status === 401 || status === 403) {
      throw new DestinationError(whenRefused, { status })
    }
    if (status === 429) {
      throw new DestinationError("Segment asked to slow down.", { status, retryAfter: Number(response.headers.get("retry-after")) || DEFAULT_REST })
    }
    if (status >= 300) {
      // Segment's message may quote a user's id.
      throw new DestinationError(`Segment answered ${status}.`, { status, permanent: status === 400 || status === 413 || status === 422 })
    }
    return (await response.json().catch(() => ({}))) as T
  }
}
