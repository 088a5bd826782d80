import { FetchError } from "@medusajs/js-sdk"

type RequestErrorKind =
  | "network"
  | "unauthorized"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "invalid"
  | "server"

export interface RequestError {
  kind: RequestErrorKind
  /** What the server said, when it said something. */
  detail?: string
}

const kindByStatus: Record<number, RequestErrorKind> = {
  400: "invalid",
  401: "unauthorized",
  403: "forbidden",
  404: "not_found",
  409: "conflict",
  422: "invalid",
}

/** Sorts whatever a call threw into what the reader can do about it. */
export const toRequestError = (error: unknown): RequestError => {
  if (!(error instanceof FetchError) || !error.status) {
    // The browser rejects with a TypeError when no answer came at all.
    return { kind: "network" }
  }

  const kind = kindByStatus[error.status] ?? "server"

  return kind === "server" ? { kind } : { kind, detail: error.message }
}
