import { feedMessage } from "../feed-message"

describe("the bell in the admin", () => {
  it("sums up how a request ended", () => {
    expect(feedMessage("request.complete", { reference: "PR-1", complete: 3, held: 1, failed: 0, not_found: 2 })).toEqual({
      title: "Privacy request PR-1",
      description: "3 erased, 1 held, 2 not found.",
    })
  })

  it("names the day a request is due, and its zone", () => {
    expect(feedMessage("request.due", { reference: "PR-2", due_at: "2026-12-01T23:30:00.000Z" })).toEqual({
      title: "Privacy request PR-2",
      description: "Is due on 2026-12-01 (UTC) and not settled yet. Work it off, or extend it with a reason.",
    })
  })
})
