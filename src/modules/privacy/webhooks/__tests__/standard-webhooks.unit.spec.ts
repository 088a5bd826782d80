import { Webhook } from "standardwebhooks"
import { bodyOf } from "../courier"
import { redactBody } from "../redact"
import { nextTry } from "../schedule"
import { newSecret, openSecret, sealSecret, signedHeaders } from "../secret"

const keys = { current: "k1", keys: new Map([["k1", Buffer.from("a pepper of at least thirty-two characters")]]) }

describe("a signed webhook", () => {
  it("has the signature of the specification's example", () => {
    const headers = signedHeaders(["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, '{"test": 2432232314}')
    expect(headers).toEqual({
      "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    })
  })

  it("is taken by the reference verifier under either secret during a rotation, and refused when tampered with or stale", () => {
    const [old, fresh] = [newSecret(), newSecret()]
    const body = bodyOf({ event: "user.deleted", payload: { customer_ids: ["cus_1"] }, created_at: new Date(0) })
    const now = Math.floor(Date.now() / 1000)
    const headers = signedHeaders([fresh, old], "prvdel_1", now, body)
    for (const secret of [fresh, old]) {
      expect(new Webhook(secret).verify(body, headers)).toEqual({ type: "user.deleted", timestamp: "1970-01-01T00:00:00.000Z", data: { customer_ids: ["cus_1"] } })
    }
    expect(() => new Webhook(newSecret()).verify(body, headers)).toThrow(/No matching signature/)
    expect(() => new Webhook(fresh).verify(body.replace("cus_1", "cus_2"), headers)).toThrow(/No matching signature/)
    expect(() => new Webhook(fresh).verify(body, { ...headers, "webhook-id": "prvdel_2" })).toThrow(/No matching signature/)
    expect(() => new Webhook(fresh).verify(body, { ...headers, "webhook-timestamp": String(now + 1) })).toThrow(/No matching signature/)
    expect(() => new Webhook(fresh).verify(body, signedHeaders([fresh], "prvdel_1", now - 301, body))).toThrow(/too old/)
  })

  it("has a secret of 32 random bytes that is stored sealed", () => {
    const secret = newSecret()
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    const sealed = sealSecret(keys, secret)
    expect(sealed).toMatch(/^k1:/)
    expect(sealed).not.toContain(secret.slice(6))
    expect(openSecret(keys, sealed)).toBe(secret)
    expect(() => openSecret(keys, `${sealed.slice(0, -4)}AAA=`)).toThrow(/it was changed, or the pepper is another one/)
    expect(() => openSecret(keys, sealed.replace("k1:", "k9:"))).toThrow(/pepper "k9" is not among the configured keys/)
  })
})

it("is tried again on the schedule, later when the receiver asks for it, and then no more", () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((failed) => nextTry(failed, null))).toEqual([5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400, null])
  expect(nextTry(1, 60)).toBe(60)
  expect(nextTry(2, 60)).toBe(300)
})

describe("an answer in the delivery log", () => {
  it.each([
    ["", null],
    ["jane.doe@example.com was removed", "(32 characters)"],
    ['{"ok":true,"email":"jane@example.com","jane@example.com":1,"list":[{"name":"Jane"}],"n":null}', '{"ok":true,"email":"…","…":"…","list":[{"name":"…"}],"n":null}'],
    ['"jane"', '"…"'],
  ])("shows no value: %s", (body, shown) => {
    expect(redactBody(body)).toBe(shown)
  })

  it("stays short, however long or deep the answer", () => {
    expect(redactBody(JSON.stringify(Array.from({ length: 5000 }, () => ({ a: { b: { c: { d: { e: "x" } } } } })))).length).toBeLessThanOrEqual(500)
  })
})
