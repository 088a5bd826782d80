import { CustomerPrivacy, PrivacyRequest } from "../contract"
import { toCustomerView, toPollInterval } from "../customer-view"

const toPrivacy = (
  status: CustomerPrivacy["status"],
  request?: Partial<PrivacyRequest>
) =>
  ({
    status,
    active_request: request ? { type: "erasure", ...request } : null,
  }) as CustomerPrivacy

describe("what the widget shows", () => {
  it.each([
    ["active", undefined, "ready"],
    ["active", { status: "complete" }, "ready"],
    ["active", { status: "pending" }, "running"],
    ["active", { status: "in_progress", type: "access" }, "ready"],
    ["active", { status: "awaiting_approval" }, "waiting"],
    ["running", { status: "pending" }, "running"],
    ["running", { status: "stopped" }, "waiting"],
    ["running", undefined, "running"],
    ["held", { status: "complete" }, "held"],
    ["failed", { status: "failed" }, "failed"],
    ["erased", { status: "complete" }, "done"],
    ["erased", { status: "in_progress" }, "done"],
    ["protected", undefined, "protected"],
  ] as const)("%s with request %j: %s", (status, request, view) => {
    expect(toCustomerView(toPrivacy(status, request))).toBe(view)
  })
})

describe("polling", () => {
  it("asks every second while a removal runs, seldom while it waits, and else not at all", () => {
    expect(toPollInterval(toPrivacy("running"))).toBe(1_000)
    expect(
      toPollInterval(toPrivacy("active", { status: "awaiting_approval" }))
    ).toBe(15_000)

    for (const status of ["active", "held", "failed", "erased"] as const) {
      expect(toPollInterval(toPrivacy(status))).toBe(false)
    }

    expect(toPollInterval(undefined)).toBe(false)
  })

  it("follows an export in the same way", () => {
    const exporting = (status: "in_progress" | "stopped") => ({
      ...toPrivacy("active"),
      active_extract: { id: "prvreq_1", status },
    })

    expect(toPollInterval(exporting("in_progress"))).toBe(1_000)
    expect(toPollInterval(exporting("stopped"))).toBe(15_000)
  })
})
