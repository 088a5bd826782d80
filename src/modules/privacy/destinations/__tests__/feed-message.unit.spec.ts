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

  it.each([
    ["request.complete", { complete: 3, held: 1, failed: 0 }, "Datenschutz-Anfrage PR-3", "3 gelöscht, 1 angehalten."],
    ["request.due", { due_at: "2026-12-01T23:30:00.000Z" }, "Datenschutz-Anfrage PR-3", /^Ist am 2026-12-01 \(UTC\) fällig/],
    ["request.complete", { files: 1, expires_at: "2026-11-29T10:00:00.000Z", complete: 2, not_found: 1 }, "Auskunft PR-3 ist bereit", "2 ausgegeben, 1 nicht gefunden. Verfügbar bis 2026-11-29."],
    ["request.complete", { files: 0, expires_at: null, complete: 0, failed: 2 }, "Auskunft PR-3 endete ohne Daten", "0 ausgegeben, 2 fehlgeschlagen."],
    ["request.stopped", { message: "The file storage refused the archive." }, "Auskunft PR-3 wurde angehalten", /^Der Dateispeicher/],
  ])("speaks the language of whoever filed the request: %s %j", (event, payload, title, description) => {
    const message = feedMessage(event, { reference: "PR-3", language: "de", ...payload })
    expect(message.title).toBe(title)
    expect(message.description).toMatch(description)
  })

  it("passes on the server's own words about an extract that stopped", () => {
    expect(feedMessage("request.stopped", { reference: "PR-4", language: "fr", message: "Make room." })).toEqual({
      title: "Extract PR-4 has stopped",
      description: "Make room.",
    })
  })
})
