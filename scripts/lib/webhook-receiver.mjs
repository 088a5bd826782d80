import fs from "node:fs"
import http from "node:http"

import { freePort } from "./ports.mjs"

const LARGEST = 64 * 1024
const SHOWN = 200

const escaped = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)

const page = (events) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Webhook receiver</title><meta http-equiv="refresh" content="2">
<style>body{font:14px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}li{margin:1rem 0;list-style:none}pre{background:#f4f4f5;padding:1rem;overflow:auto}</style></head>
<body><h1>Webhook receiver of the demo</h1><p>What the store told it, newest first. Only what carried a valid signature is taken.</p>
<ul style="padding:0">${events.map(({ at, id, event }) => `<li><b>${escaped(event.type)}</b> ${escaped(id)} at ${at}<pre>${escaped(JSON.stringify(event, null, 2))}</pre></li>`).join("") || "<li>Nothing yet.</li>"}</ul></body></html>`

/**
 * A receiver of webhooks as somebody who integrates a shop would write it: it checks the signature, does each id once, and shows what it got.
 *
 * @param onEvent called with each event, once
 * @returns `{ url, hook, setSecret(secret), stop() }`
 */
export async function startReceiver({ onEvent }) {
  // Not at the top: the demo reads this file before it has installed any package.
  const { Webhook } = await import("standardwebhooks")
  const port = await freePort()
  const events = []
  const seen = new Set()
  let secret = null

  function take(body, headers) {
    const event = new Webhook(secret).verify(body, headers)
    const id = headers["webhook-id"]
    if (!seen.has(id)) {
      seen.add(id)
      events.unshift({ at: new Date().toISOString(), id, event })
      events.splice(SHOWN)
      onEvent(event)
    }
  }

  const server = http.createServer((request, response) => {
    if (request.method !== "POST") {
      return response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page(events))
    }
    let body = ""
    request.setEncoding("utf8")
    request.on("data", (part) => {
      body += part
      if (body.length > LARGEST) {
        request.destroy()
      }
    })
    request.on("end", () => {
      try {
        take(body, request.headers)
        response.writeHead(204).end()
      } catch {
        response.writeHead(401).end()
      }
    })
  })
  await new Promise((resolve) => server.listen(port, "localhost", resolve))
  const url = `http://localhost:${port}`
  return {
    url,
    hook: `${url}/hooks`,
    setSecret: (text) => (secret = text),
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/**
 * Enters the receiver into the store, as an officer would in the admin; at a later start only its address is new.
 *
 * @param options.file where the secret is kept, which the store shows once
 */
export async function enterReceiver({ storeUrl, admin, receiver, file }) {
  const send = async (method, path, body, token) => {
    const response = await fetch(storeUrl + path, {
      method,
      headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: body && JSON.stringify(body),
    })
    return { status: response.status, body: await response.json() }
  }
  const { token } = (await send("POST", "/auth/user/emailpass", admin)).body
  const known = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : null
  if (known) {
    const { status } = await send("POST", `/admin/privacy-webhooks/${known.id}`, { url: receiver.hook, enabled: true }, token)
    if (status === 200) {
      receiver.setSecret(known.secret)
      return
    }
  }
  const { status, body } = await send(
    "POST",
    "/admin/privacy-webhooks",
    { url: receiver.hook, description: "The demo's own receiver", event_types: ["user.deleted", "privacy_request.completed", "extract.ready"] },
    token
  )
  if (status !== 201) {
    throw new Error(`The demo's webhook could not be entered: ${body.message}`)
  }
  receiver.setSecret(body.secret)
  fs.writeFileSync(file, JSON.stringify({ id: body.privacy_webhook.id, secret: body.secret }), { mode: 0o600 })
}
