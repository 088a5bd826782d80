/** Postgres: serialisation failure, deadlock, lock not available: the same work may succeed at once. */
const TRANSIENT = new Set(["40001", "40P01", "55P03"])

/** Postgres went away or is starting: classes 08 and 57P, and the driver's own words. */
const CONNECTION = /^(08|57P)/
const CONNECTION_MESSAGES = /Connection terminated|ECONNREFUSED|ECONNRESET|not queryable|Unable to acquire a connection|Timeout acquiring/i

const codeOf = (error: unknown) => String((error as { code?: unknown })?.code ?? "")

export const isTransient = (error: unknown) => TRANSIENT.has(codeOf(error))

export const isConnectionLost = (error: unknown) =>
  CONNECTION.test(codeOf(error)) || CONNECTION_MESSAGES.test(String((error as Error)?.message ?? ""))

/** True for an error of our own that says what is wrong with the configuration: to try again at once would not help. */
export const isRefusal = (error: unknown): error is Error => Boolean((error as { __isMedusaError?: boolean })?.__isMedusaError)

/**
 * An error as it may be stored and shown. Postgres quotes values in `detail` and some messages, so of a database error only the
 * kind and the place are told; our own messages name no person.
 */
export function safeMessage(error: unknown): string {
  const { code, table, column, constraint, __isMedusaError, message } = error as {
    code?: string
    table?: string
    column?: string
    constraint?: string
    __isMedusaError?: boolean
    message?: string
  }
  if (__isMedusaError) {
    return String(message)
  }
  const place = [table && `table ${table}`, column && `column ${column}`, constraint && `constraint ${constraint}`].filter(Boolean)
  return [`Database error ${code ?? "unknown"}`, ...place].join(", ")
}
