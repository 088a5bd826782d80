const LONGEST = 500

/** What a receiver answered, as the delivery log may keep it: of JSON the keys, of anything else the length. */
export function redactBody(body: string): string | null {
  if (!body) {
    return null
  }
  try {
    return JSON.stringify(withoutValues(JSON.parse(body))).slice(0, LONGEST)
  } catch {
    return `(${body.length} characters)`
  }
}

/** Words that only servers use for keys: a key that is an address or a number is a value in disguise. */
const PLAIN_KEY = /^[a-z_]{1,40}$/i

function withoutValues(value: unknown, depth = 0): unknown {
  if (Array.isArray(value)) {
    return depth > 3 ? "…" : value.slice(0, 3).map((item) => withoutValues(item, depth + 1))
  }
  if (value && typeof value === "object") {
    return depth > 3
      ? "…"
      : Object.fromEntries(Object.entries(value).slice(0, 20).map(([key, item]) => [PLAIN_KEY.test(key) ? key : "…", withoutValues(item, depth + 1)]))
  }
  return typeof value === "boolean" || value === null ? value : "…"
}
