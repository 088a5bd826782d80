import cachingRedis from "@medusajs/medusa/caching-redis"

/** What a store's own route does that caches its answers through Medusa's caching module. */
export interface RedisCache {
  set(entry: { key: string; data: object; tags: string[]; options?: { autoInvalidate?: boolean } }): Promise<void>
  close(): void
}

interface Provider {
  services: (new (parts: object, options: object) => RedisCache)[]
  loaders: ((given: object) => Promise<void>)[]
}

const QUIET = { info: () => {}, warn: () => {} }

/** Medusa's own Redis provider, on a Redis that a store uses too. */
export async function openRedisCache(redisUrl: string): Promise<RedisCache> {
  const { services, loaders } = cachingRedis as unknown as Provider
  const registered: Record<string, { resolve(): any }> = {}
  const container = {
    register: (name: string | object, value?: object) => Object.assign(registered, typeof name === "string" ? { [name]: value } : name),
  }
  for (const load of loaders) {
    await load({ container, logger: QUIET, options: { redisUrl } })
  }
  const parts = Object.fromEntries(Object.entries(registered).map(([name, { resolve }]) => [name, resolve()]))
  const cache = new services[0](parts, {})
  return { set: (entry) => cache.set(entry), close: () => parts.redisClient.disconnect() }
}
