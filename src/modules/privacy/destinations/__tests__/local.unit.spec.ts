import type { MedusaContainer } from "@medusajs/framework/types"
import type { Delivery } from "../../jobs/outbox"
import { localCourier } from "../local"

const delivery = (id: string, attempts = 0) =>
  ({ id, event: "privacy.user_deleted", payload: { customer_ids: [id] }, created_at: new Date(0), attempts }) as unknown as Delivery

/** An event bus that refuses whatever comes with the event of `refused`. */
function busThat(refused: string[] = []) {
  const calls: string[][] = []
  const emit = async (events: { data: { delivery_id: string } }[]) => {
    calls.push(events.map(({ data }) => data.delivery_id))
    if (events.some(({ data }) => refused.includes(data.delivery_id))) {
      throw new TypeError("Cannot serialize max@example.com")
    }
  }
  return { calls, app: { resolve: () => ({ emit }) } as unknown as MedusaContainer }
}

const told = async (app: MedusaContainer, deliveries: Delivery[]) => (await Promise.all(localCourier(app, "event_bus").deliver(deliveries))).flat()

describe("deliveries inside the application", () => {
  it("are told in one call", async () => {
    const { app, calls } = busThat()
    const steps = await told(app, ["a", "b", "c"].map((id) => delivery(id)))
    expect(calls).toEqual([["a", "b", "c"]])
    expect(steps.map(({ status, next }) => [status, next])).toEqual(Array(3).fill(["sent", null]))
  })

  it("are told one by one where one of them cannot be told, and that one alone is tried again", async () => {
    const { app, calls } = busThat(["b"])
    const steps = await told(app, [delivery("a"), delivery("b", 3), delivery("c")])
    expect(calls).toEqual([["a", "b", "c"], ["a"], ["b"], ["c"]])
    expect(steps.map(({ delivery: { id }, status, next }) => [id, status, next])).toEqual([["a", "sent", null], ["b", "pending", 8], ["c", "sent", null]])
    expect(JSON.stringify(steps.map(({ error }) => error))).not.toContain("max@example.com")
  })

  it("are given up after twenty tries", async () => {
    const { app } = busThat(["a"])
    expect(await told(app, [delivery("a", 18)])).toMatchObject([{ status: "pending", next: 3600 }])
    expect(await told(app, [delivery("a", 19)])).toMatchObject([{ status: "failed", next: null }])
  })
})
