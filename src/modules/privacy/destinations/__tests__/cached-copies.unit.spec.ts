import type { ICachingModuleService } from "@medusajs/framework/types"
import { clearCached } from "../cached-copies"

/** A cache as Medusa's: entries under tags. `away` after so many calls it can no longer be reached, of which it says nothing. */
function cacheThat({ away = Infinity, kept = false } = {}) {
  const entries = new Map([["Customer:cus_1", "Max"], ["Customer:list:*", "Max, Eva"], ["Order:order_2", "Eva"]])
  let calls = 0
  const isAway = () => (calls += 1) > away
  const caching = {
    get: async ({ tags }: { tags: string[] }) => (isAway() ? null : tags.flatMap((tag) => entries.get(tag) ?? [])),
    clear: async ({ tags }: { tags: string[] }) => void (isAway() || kept || tags.forEach((tag) => entries.delete(tag))),
  }
  return { entries, caching: caching as unknown as ICachingModuleService }
}

const RECORDS = { Customer: ["cus_1"], Order: [], Cart: [] }

describe("cached copies", () => {
  it("of the records and of lists are removed, others stay", async () => {
    const { caching, entries } = cacheThat()
    await clearCached(caching, RECORDS)
    expect([...entries.keys()]).toEqual(["Order:order_2"])
  })

  it.each([0, 1, 2])("are not taken for removed where the cache is away after %d calls", async (away) => {
    await expect(clearCached(cacheThat({ away }).caching, RECORDS)).rejects.toMatchObject({ name: "CacheNotCleared" })
  })

  it("are not taken for removed where they are still found", async () => {
    await expect(clearCached(cacheThat({ kept: true }).caching, RECORDS)).rejects.toMatchObject({ name: "CacheNotCleared" })
  })
})
