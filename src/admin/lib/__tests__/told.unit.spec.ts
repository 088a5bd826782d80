import {
  toDeliveryActions,
  toDeliveryPollInterval,
  toDeliveryStatusView,
} from "../delivery-view"
import { type PrivacyDelivery, type PrivacyWebhook } from "../told-contract"
import {
  findWebhookProblems,
  toWebhookBody,
  toWebhookDraft,
} from "../webhook-draft"

const delivery = (part: Partial<PrivacyDelivery>) =>
  ({
    status: "pending",
    overdue: false,
    webhook_id: null,
    next_attempt_at: "2026-11-22T10:00:00Z",
    ...part,
  }) as PrivacyDelivery

const everything = { erase: true, configure: true }

describe("a delivery in the admin", () => {
  it("stands out when it is overdue, and is plainly failed when it failed", () => {
    expect(toDeliveryStatusView({ status: "sent", overdue: false })).toEqual({
      code: "sent",
      color: "blue",
    })
    expect(toDeliveryStatusView({ status: "sent", overdue: true })).toEqual({
      code: "overdue",
      color: "orange",
    })
    expect(toDeliveryStatusView({ status: "failed", overdue: true })).toEqual({
      code: "failed",
      color: "red",
    })
  })

  it.each([
    [{}, ["retry", "acknowledge", "abandon"]],
    [{ status: "failed", next_attempt_at: null }, ["retry", "acknowledge", "abandon"]],
    [{ status: "sent", next_attempt_at: null }, []],
    [{ status: "acknowledged", next_attempt_at: null }, []],
    [{ status: "acknowledged", next_attempt_at: null, webhook_id: "prvwh_1" }, ["redeliver"]],
    [{ status: "abandoned", next_attempt_at: null, webhook_id: "prvwh_1" }, []],
  ] as const)("offers what its state allows: %j", (part, actions) => {
    expect(toDeliveryActions(delivery(part), everything)).toEqual(actions)
  })

  it("offers nothing to who may only look", () => {
    expect(
      toDeliveryActions(delivery({ status: "failed" }), {
        erase: false,
        configure: false,
      })
    ).toEqual([])
  })

  it("is followed only while its next try is near", () => {
    const now = Date.parse("2026-11-22T09:59:50Z")

    expect(toDeliveryPollInterval([delivery({})], now)).toBe(2000)
    expect(toDeliveryPollInterval([delivery({})], now - 3_600_000)).toBe(false)
    expect(
      toDeliveryPollInterval([delivery({ next_attempt_at: null })], now)
    ).toBe(false)
    expect(toDeliveryPollInterval(undefined, now)).toBe(false)
  })
})

describe("the form of a webhook", () => {
  it("begins with every event, or with what the webhook has", () => {
    expect(toWebhookDraft()).toMatchObject({ url: "", enabled: true })
    expect(toWebhookDraft().events).toHaveLength(3)
    expect(
      toWebhookDraft({
        url: "https://a.example",
        description: null,
        event_types: ["user.deleted"],
        enabled: false,
      } as PrivacyWebhook)
    ).toEqual({
      url: "https://a.example",
      description: "",
      events: ["user.deleted"],
      enabled: false,
    })
  })

  it.each([
    [{ url: " " }, { url: "missing" }],
    [{ url: "example.com" }, { url: "notAUrl" }],
    [{ url: "https://a.example", events: [] }, { events: "none" }],
    [{ url: " https://a.example " }, undefined],
  ] as const)("names what is missing: %j", (part, problems) => {
    expect(
      findWebhookProblems({
        ...toWebhookDraft(),
        ...(part as Partial<ReturnType<typeof toWebhookDraft>>),
      })
    ).toEqual(problems)
  })

  it("is sent trimmed", () => {
    expect(
      toWebhookBody({
        ...toWebhookDraft(),
        url: " https://a.example ",
        description: " ",
      })
    ).toMatchObject({ url: "https://a.example", description: null })
  })
})
