/** Answer of a store: status and parsed body. */
export interface Answer<T = any> {
  status: number
  body: T
  headers: Headers
}

/** Sends requests as one caller: nobody, an admin, a shopper, an API key. Never throws on a status. */
export class Http {
  constructor(
    private readonly url: string,
    private readonly headers: Record<string, string> = {}
  ) {}

  with(headers: Record<string, string>): Http {
    return new Http(this.url, { ...this.headers, ...headers })
  }

  as(token: string): Http {
    return this.with({ authorization: `Bearer ${token}` })
  }

  get = <T = any>(path: string) => this.send<T>("GET", path)
  post = <T = any>(path: string, body?: unknown) => this.send<T>("POST", path, body)
  delete = <T = any>(path: string) => this.send<T>("DELETE", path)

  /** The bytes of an answer, of a download for instance. */
  async download(path: string, headers: Record<string, string> = {}): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
    const response = await fetch(this.url + path, { headers: { ...this.headers, ...headers }, redirect: "manual" })
    return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
  }

  async send<T = any>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const form = body instanceof FormData
    const response = await fetch(this.url + path, {
      method,
      headers: { ...(body === undefined || form ? {} : { "content-type": "application/json" }), ...this.headers },
      body: body === undefined ? undefined : form ? body : typeof body === "string" ? body : JSON.stringify(body),
      redirect: "manual",
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: (isJson(text) ? JSON.parse(text) : text) as T }
  }
}

function isJson(text: string) {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** The body of an answer that must have succeeded. */
export async function ok<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { status, body } = await answer
  if (status >= 300) {
    throw new Error(`Expected success, got ${status}: ${JSON.stringify(body)}`)
  }
  return body
}
