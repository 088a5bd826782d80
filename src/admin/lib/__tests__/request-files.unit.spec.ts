import { type PrivacyRequestStatus } from "../contract"
import { type RequestFile } from "../request-contract"
import { canRepeat, findNoFilesReason, toFilesPollInterval } from "../request-files"

const now = Date.parse("2026-11-20T10:00:00Z")

const file = (part: Partial<RequestFile> = {}): RequestFile => ({
  id: "prvfile_1",
  request_id: "prvreq_1",
  part: 1,
  name: "extract.zip",
  format: "json",
  size: 1,
  subjects: 1,
  status: "ready",
  created_at: "2026-11-20T09:00:00Z",
  expires_at: "2026-11-27T09:00:00Z",
  destroyed_at: null,
  destroyed_reason: null,
  downloads: [],
  ...part,
})

const expired = file({ status: "expired", destroyed_reason: "expired" })
const destroyed = file({ status: "destroyed", destroyed_reason: "erased_subject" })

describe("the files of an extract", () => {
  it.each<[PrivacyRequestStatus, RequestFile[], string | undefined]>([
    ["complete", [file()], undefined],
    ["stopped", [expired, file()], undefined],
    ["pending", [], "waiting"],
    ["scheduled", [], "waiting"],
    ["in_progress", [expired], "waiting"],
    ["complete", [], "none"],
    ["stopped", [], "none"],
    ["complete", [expired], "expired"],
    ["complete", [expired, destroyed], "destroyed"],
  ])("of a %s request, case %#: nothing there because %s", (status, files, reason) => {
    expect(findNoFilesReason({ status }, files)).toBe(reason)
  })

  it("can be made again once one is gone and nothing runs", () => {
    expect(canRepeat({ status: "complete" }, [expired])).toBe(true)
    expect(canRepeat({ status: "complete" }, [destroyed, file()])).toBe(true)
    expect(canRepeat({ status: "complete" }, [file()])).toBe(false)
    expect(canRepeat({ status: "complete" }, [])).toBe(false)
    expect(canRepeat({ status: "in_progress" }, [expired])).toBe(false)
  })

  it("are looked at again when the next one expires", () => {
    expect(toFilesPollInterval([file({ expires_at: "2026-11-20T10:01:00Z" }), file()], now)).toBe(60_000)
    expect(toFilesPollInterval([file({ expires_at: "2026-11-20T09:00:00Z" })], now)).toBe(5_000)
    expect(toFilesPollInterval([expired], now)).toBe(false)
    expect(toFilesPollInterval(undefined, now)).toBe(false)
  })
})
