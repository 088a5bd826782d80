import Medusa from "@medusajs/js-sdk"

/** Same configuration as the dashboard's own client, so that the officer's login is shared. */
export const sdk = new Medusa({
  baseUrl: __BACKEND_URL__ ?? "/",
  auth: {
    type: __AUTH_TYPE__ ?? "session",
    jwtTokenStorageKey: __JWT_TOKEN_STORAGE_KEY__ || undefined,
  },
})

/** True where the browser's own requests carry the officer's login. */
export const hasSessionLogin = (__AUTH_TYPE__ ?? "session") === "session"

/** The full address of a route, for links. */
export const toBackendUrl = (path: string) =>
  `${(__BACKEND_URL__ ?? "/").replace(/\/$/, "")}${path}`
