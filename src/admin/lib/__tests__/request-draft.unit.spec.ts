import { toRequestBody } from "../request-body"
import {
  commitEntry,
  type RequestDraft,
  findDraftProblem,
  isDirty,
  toRequestDraft,
  toPlanInput,
} from "../request-draft"

const draft = (part: Partial<RequestDraft> = {}): RequestDraft => ({
  ...toRequestDraft("erasure", "anonymize", ["email", "customer_id"]),
  ...part,
})

const now = Date.parse("2026-11-20T10:00:00Z")

describe("the draft of a bulk request", () => {
  it("begins empty, with the first identifier type and the default method", () => {
    expect(draft()).toMatchObject({ identifierType: "email", method: "anonymize", identifiers: [] })
    expect(isDirty(draft())).toBe(false)
    expect(isDirty(draft({ entry: "a" }))).toBe(true)
  })

  it("takes what stands in the field along", () => {
    expect(commitEntry(draft({ entry: " ada@example.com " }))).toMatchObject({
      entry: "",
      identifiers: ["ada@example.com"],
    })
    expect(commitEntry(draft({ entry: "ada" })).entry).toBe("ada")
  })

  it.each<[Partial<RequestDraft>, string | undefined]>([
    [{}, "identifiers"],
    [{ entry: "ada", identifiers: ["b@x.com"] }, "entry"],
    [{ source: "file" }, "file"],
    [{ identifiers: ["b@x.com"] }, undefined],
    [{ identifiers: ["b@x.com"], isScheduled: true }, "schedule_missing"],
    [{ identifiers: ["b@x.com"], isScheduled: true, scheduledFor: new Date(now) }, "schedule_past"],
    [{ identifiers: ["b@x.com"], isScheduled: true, scheduledFor: new Date(now + 1) }, undefined],
    [{ identifiers: ["b@x.com"], scheduledFor: new Date(0) }, undefined],
  ])("%j has the problem %s", (part, problem) => {
    expect(findDraftProblem(draft(part), now)).toBe(problem)
  })

  it("is sent as JSON when it is a list", () => {
    expect(toRequestBody(toPlanInput(draft({ identifiers: ["a@x.com"], profileId: "pp_1" })))).toEqual({
      type: "erasure",
      method: "anonymize",
      profile_id: "pp_1",
      value: "invalidate",
      identifier_type: "email",
      identifiers: ["a@x.com"],
    })
  })

  it("of an extract asks for a format, and for nothing that removes", () => {
    const body = toRequestBody(
      toPlanInput(
        draft({ type: "access", format: "csv", identifiers: ["a@x.com"], profileId: "pp_1" })
      )
    )

    expect(body).toEqual({
      type: "access",
      format: "csv",
      identifier_type: "email",
      identifiers: ["a@x.com"],
    })
  })

  it("is sent as a form when it is a file, the file last and nothing empty", () => {
    const file = new File(["a@x.com"], "list.csv")
    const body = toRequestBody(
      toPlanInput(draft({ source: "file", file, identifiers: ["left@x.com"] }))
    ) as FormData

    expect([...body.keys()]).toEqual(["type", "method", "value", "identifier_type", "file"])
    expect(body.get("file")).toMatchObject({ name: "list.csv" })
  })
})
