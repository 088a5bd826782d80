import type { ICachingModuleService } from "@medusajs/framework/types"

/** The cache could not be reached, or holds after the clearing what it held before. */
class CacheNotCleared extends Error {
  override name = "CacheNotCleared"
}

/** Nothing is cached under it: a cache that answers says so by an empty list, one that is away by null. */
const NOTHING = "privacy:nothing"

/**
 * Removes cached results of records, also those a store has excepted from Medusa's own invalidation.
 *
 * What `clear` says is not enough: Medusa's Redis provider only logs that Redis was away, and a Redis that comes back with its data would
 * hold the customer again. So it is asked whether anything is left.
 *
 * @param records entity → ids
 * @throws CacheNotCleared to have it tried again
 */
export async function clearCached(caching: ICachingModuleService, records: Record<string, string[]>): Promise<void> {
  if (!(await caching.get({ tags: [NOTHING] }))) {
    throw new CacheNotCleared()
  }
  const tags = Object.entries(records).flatMap(([entity, ids]) => ids.map((id) => `${entity}:${id}`))
  await caching.clear({ tags: [...tags, ...Object.keys(records).map((entity) => `${entity}:list:*`)] })
  const left = (await caching.get({ tags: [...tags, NOTHING] })) as unknown[] | null
  if (!left || left.length) {
    throw new CacheNotCleared()
  }
}
