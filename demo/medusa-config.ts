import { defineConfig } from "@medusajs/framework/utils"

import accounts from "./accounts.json"
import { productReviewTable } from "./src/modules/product-review/privacy"
import { subscriptionTables } from "./src/modules/subscription/privacy"

// Any port of this machine: the demo can run on another than 9000, and a storefront beside it.
const LOCALHOST = String.raw`/^http:\/\/localhost(:\d+)?$/`

const rbac = process.env.DEMO_RBAC === "1"

const privacyPlugin = {
  resolve: "medusa-plugin-privacy",
  options: {
    pepper: process.env.PRIVACY_PEPPER ?? "demo-pepper-never-use-this-value-in-a-real-store",
    officers: [{ user: accounts.admin.email, permissions: ["all"] }],
    tables: [productReviewTable, ...subscriptionTables],
    // The demo's own receiver of webhooks (npm run demo) listens on this machine.
    webhooks: { allow_http: true, allow_private: true },
    ...JSON.parse(process.env.PRIVACY_OPTIONS ?? "{}"),
  },
}

/** Tests put other storages in its place. */
const fileProvider = process.env.DEMO_FILE_PROVIDER
  ? JSON.parse(process.env.DEMO_FILE_PROVIDER)
  : {
      resolve: "@medusajs/medusa/file-local",
      id: "local",
      options: { backend_url: `${process.env.STORE_URL ?? "http://localhost:9000"}/static` },
    }

const withProvider = (module: string) => (provider: { resolve: string; id: string; options?: object }) => ({
  resolve: module,
  options: { providers: [{ ...provider, is_default: true }] },
})
const caching = withProvider("@medusajs/medusa/caching")
const locking = withProvider("@medusajs/medusa/locking")

/** Everything Medusa can keep in Redis, on one Redis: sessions, caches, locks, events and workflow runs. */
const redisUrl = process.env.DEMO_REDIS_URL

const infrastructure = redisUrl
  ? [
      caching({ resolve: "@medusajs/medusa/caching-redis", id: "redis", options: { redisUrl } }),
      locking({ resolve: "@medusajs/medusa/locking-redis", id: "redis", options: { redisUrl } }),
      { resolve: "@medusajs/medusa/event-bus-redis", options: { redisUrl } },
      { resolve: "@medusajs/medusa/workflow-engine-redis", options: { redis: { redisUrl } } },
    ]
  : [
      { resolve: "@medusajs/medusa/caching", options: { in_memory: { enable: true } } },
      locking({ resolve: "@medusajs/medusa/locking-postgres", id: "postgres" }),
    ]

module.exports = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    redisUrl,
    http: {
      storeCors: LOCALHOST,
      adminCors: LOCALHOST,
      authCors: LOCALHOST,
      jwtSecret: process.env.JWT_SECRET ?? "demo-jwt-secret",
      cookieSecret: process.env.COOKIE_SECRET ?? "demo-cookie-secret",
    },
  },
  featureFlags: {
    caching: true,
    index_engine: true,
    rbac,
    translation: true,
    view_configurations: true,
  },
  plugins: [
    ...(process.env.DEMO_WITHOUT_LOYALTY ? [] : [{ resolve: "@medusajs/loyalty-plugin", options: {} }]),
    ...(process.env.DEMO_WITHOUT_PLUGIN ? [] : [privacyPlugin]),
  ],
  modules: [
    { resolve: "./src/modules/product-review" },
    { resolve: "./src/modules/subscription" },
    { resolve: "@medusajs/medusa/index-module" },
    // Their flags alone do not load them: Medusa decides that before it has read the flags of this file.
    { resolve: "@medusajs/medusa/translation" },
    ...(rbac ? [{ resolve: "@medusajs/medusa/rbac" }] : []),
    ...infrastructure,
    {
      resolve: "@medusajs/medusa/fulfillment",
      options: { providers: [{ resolve: "@medusajs/medusa/fulfillment-manual", id: "manual" }] },
    },
    {
      resolve: "@medusajs/medusa/file",
      options: {
        providers: [fileProvider],
      },
    },
    {
      resolve: "@medusajs/medusa/notification",
      options: {
        providers: [
          {
            resolve: "@medusajs/medusa/notification-local",
            id: "local",
            options: { name: "Local notifications", channels: ["feed", "email"] },
          },
        ],
      },
    },
  ],
})
