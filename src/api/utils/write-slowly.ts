import { once } from "node:events"
import type { Writable } from "node:stream"

/** Milliseconds a client may take to read what was sent before the connection is given up: the answer holds a transaction open meanwhile. */
const PATIENCE = 60_000

/**
 * Writes to a client no faster than it reads.
 *
 * @throws when the client has gone, or has read nothing for `patience` milliseconds
 */
export async function writeSlowly(target: Writable, text: string, patience = PATIENCE): Promise<void> {
  if (target.destroyed) {
    throw new Error("The client has gone.")
  }
  if (target.write(text)) {
    return
  }
  const gone = new AbortController()
  const leave = () => gone.abort()
  target.once("close", leave)
  try {
    await once(target, "drain", { signal: AbortSignal.any([gone.signal, AbortSignal.timeout(patience)]) })
  } finally {
    target.off("close", leave)
  }
}
