import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import { conflict } from "../../../modules/privacy/conflict"
import { answeringConflicts } from "../conflicts"

function answer(handler: () => Promise<void>) {
  const sent: { status?: number; body?: unknown } = {}
  const res = {
    status: (status: number) => Object.assign(sent, { status }) && res,
    json: (body: unknown) => Object.assign(sent, { body }) && res,
  }
  const done = answeringConflicts(handler)({} as MedusaRequest, res as unknown as MedusaResponse)
  return { sent, done }
}

describe("a conflict", () => {
  it("is answered as 409 with its own words", async () => {
    const { sent, done } = answer(async () => {
      throw conflict("This customer's data was already erased.")
    })
    await done
    expect(sent).toEqual({ status: 409, body: { type: "conflict", message: "This customer's data was already erased." } })
  })

  it.each([new MedusaError(MedusaError.Types.NOT_FOUND, "not here"), new Error("something else"), "a text"])(
    "leaves every other error to Medusa: %s",
    async (error) => {
      const { sent, done } = answer(async () => {
        throw error
      })
      await expect(done).rejects.toBe(error)
      expect(sent).toEqual({})
    }
  )

  it("says nothing when all went well", async () => {
    const { sent, done } = answer(async () => {})
    await done
    expect(sent).toEqual({})
  })
})
