import { type ErasureMethod } from "./contract"

const root = "medusa-plugin-privacy"

export const privacyQueryKeys = {
  all: () => [root] as const,
  permissions: () => [root, "permissions"] as const,
  customer: (customerId: string) => [root, "customer", customerId] as const,
  dataMaps: () => [root, "data-map"] as const,
  dataMap: (method: ErasureMethod, profileId?: string) =>
    [root, "data-map", method, profileId ?? null] as const,
  profiles: () => [root, "profiles"] as const,
  profileList: (query: object) => [root, "profiles", "list", query] as const,
  requests: () => [root, "requests"] as const,
  requestList: (query: object) => [root, "requests", "list", query] as const,
  request: (id: string) => [root, "requests", "detail", id] as const,
  subjectList: (id: string, query: object, revision: string) =>
    [root, "requests", "subjects", id, query, revision] as const,
  webhooks: () => [root, "webhooks"] as const,
  webhookList: (query: object) => [root, "webhooks", "list", query] as const,
  webhook: (id: string) => [root, "webhooks", "detail", id] as const,
  deliveries: () => [root, "deliveries"] as const,
  deliveryList: (query: object) => [root, "deliveries", "list", query] as const,
  delivery: (id: string) => [root, "deliveries", "detail", id] as const,
  history: (id: string, revision: string) =>
    [root, "requests", "history", id, revision] as const,
  files: (id: string, revision: string) =>
    [root, "requests", "files", id, revision] as const,
  missingIndexes: () => [root, "missing-indexes"] as const,
  officers: () => [root, "officers"] as const,
  me: () => [root, "me"] as const,
  profile: (id: string) => [root, "profiles", "detail", id] as const,
}
