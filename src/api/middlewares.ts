import { authenticate, defineMiddlewares, validateAndTransformBody, type MiddlewareRoute } from "@medusajs/framework/http"
import type { Permission } from "../modules/privacy/permissions/permissions"
import { noteHttp } from "../modules/privacy/permissions/serves-http"
import { permissionOf } from "./admin/privacy-requests/bulk-input"
import { anonymizeSchema } from "./admin/customers/[id]/anonymize/validators"
import { extractSchema } from "./admin/customers/[id]/extract/validators"
import { legalHoldSchema } from "./admin/customers/[id]/legal-hold/validators"
import { indexesSchema } from "./admin/privacy-data-map/indexes/validators"
import { changeSchema, extendSchema } from "./admin/privacy-requests/validators"
import { bindOfficerSchema } from "./admin/privacy-permissions/validators"
import { profileSchema, profileUpdateSchema } from "./admin/privacy-profiles/validators"
import { webhookSchema, webhookUpdateSchema } from "./admin/privacy-webhooks/validators"
import { refuseErasedCustomers } from "./utils/erased-customers"
import { requireOnRequest, requirePermission, requireSome } from "./utils/officer"
import { refuseUnstorable } from "./utils/refuse-unstorable"
import { noteShopUse } from "./utils/shop-use"
import { takeUpload } from "./utils/uploads"
import { protectUnknownCustomer } from "./utils/unknown-customer"

type Verb = "GET" | "POST" | "DELETE"

/** A route of officers: nobody passes without the permission, and the body is checked after that. */
const officer = (method: Verb, matcher: string, permission: Permission, body?: Parameters<typeof validateAndTransformBody>[0]): MiddlewareRoute => ({
  method: [method],
  matcher,
  middlewares: [refuseUnstorable, requirePermission(permission), ...(body ? [validateAndTransformBody(body)] : [])],
})

/** What is done to a request takes the permission that filing it took. */
const change = (matcher: string, body?: Parameters<typeof validateAndTransformBody>[0]): MiddlewareRoute => ({
  method: ["POST"],
  matcher,
  middlewares: [refuseUnstorable, requireOnRequest, ...(body ? [validateAndTransformBody(body)] : [])],
})

/**
 * A list of subjects, typed or uploaded. Of a form nothing is known before it is taken: one of the permissions is asked for before a byte of
 * the file, and the right one after it.
 */
const bulk = (matcher: string): MiddlewareRoute => ({
  method: ["POST"],
  matcher,
  bodyParser: { sizeLimit: "20mb" },
  middlewares: [
    refuseUnstorable,
    requireSome((req) => (req.is("multipart/form-data") ? ["erase", "extract"] : [permissionOf(req.body)])),
    takeUpload,
    refuseUnstorable,
    requireSome((req) => [permissionOf(req.body)]),
  ],
})

/** Doors a customer's token or session opens. */
const shopper = (matcher: string): MiddlewareRoute => ({
  matcher,
  middlewares: [authenticate("customer", ["session", "bearer"], { allowUnauthenticated: true, requireMfa: false }), refuseErasedCustomers],
})

noteHttp()

export default defineMiddlewares({
  routes: [
    officer("GET", "/admin/privacy-permissions", "view"),
    officer("POST", "/admin/privacy-permissions", "configure", bindOfficerSchema),
    officer("GET", "/admin/customers/:id/privacy", "view"),
    officer("POST", "/admin/customers/:id/anonymize", "erase", anonymizeSchema),
    officer("POST", "/admin/customers/:id/extract", "extract", extractSchema),
    officer("POST", "/admin/customers/:id/legal-hold", "configure", legalHoldSchema),
    officer("DELETE", "/admin/customers/:id/legal-hold", "configure"),
    officer("GET", "/admin/privacy-requests", "view"),
    officer("GET", "/admin/privacy-requests/:id", "view"),
    officer("GET", "/admin/privacy-requests/:id/subjects", "view"),
    officer("GET", "/admin/privacy-requests/:id/history", "view"),
    change("/admin/privacy-requests/:id/subjects/:subject_id/retry"),
    officer("POST", "/admin/privacy-requests/:id/subjects/:subject_id/check", "view"),
    change("/admin/privacy-requests/:id/extend", extendSchema),
    bulk("/admin/privacy-requests/preview"),
    bulk("/admin/privacy-requests/upload"),
    bulk("/admin/privacy-requests"),
    ...["retry", "stop", "resume", "cancel"].map((action) => change(`/admin/privacy-requests/:id/${action}`, changeSchema)),
    officer("POST", "/admin/privacy-requests/:id/repeat", "extract"),
    officer("GET", "/admin/privacy-requests/:id/files", "extract"),
    officer("GET", "/admin/privacy-requests/:id/files/:file_id/download", "extract"),
    officer("POST", "/admin/privacy-requests/:id/approve", "approve", changeSchema),
    officer("GET", "/admin/privacy-data-map", "view"),
    officer("GET", "/admin/privacy-data-map/indexes", "view"),
    officer("POST", "/admin/privacy-data-map/indexes", "configure", indexesSchema),
    officer("GET", "/admin/privacy-profiles", "view"),
    officer("POST", "/admin/privacy-profiles", "configure", profileSchema),
    officer("GET", "/admin/privacy-profiles/:id", "view"),
    officer("POST", "/admin/privacy-profiles/:id", "configure", profileUpdateSchema),
    officer("DELETE", "/admin/privacy-profiles/:id", "configure"),
    officer("GET", "/admin/privacy-webhooks", "view"),
    officer("POST", "/admin/privacy-webhooks", "configure", webhookSchema),
    officer("GET", "/admin/privacy-webhooks/:id", "view"),
    officer("POST", "/admin/privacy-webhooks/:id", "configure", webhookUpdateSchema),
    officer("DELETE", "/admin/privacy-webhooks/:id", "configure"),
    officer("POST", "/admin/privacy-webhooks/:id/rotate-secret", "configure"),
    officer("POST", "/admin/privacy-webhooks/:id/send-test", "configure"),
    officer("GET", "/admin/privacy-webhooks/:id/deliveries", "view"),
    officer("POST", "/admin/privacy-webhooks/:id/deliveries/:delivery_id/redeliver", "configure"),
    officer("GET", "/admin/privacy-deliveries", "view"),
    officer("GET", "/admin/privacy-deliveries/:id", "view"),
    officer("POST", "/admin/privacy-deliveries/:id/retry", "erase"),
    officer("POST", "/admin/privacy-deliveries/:id/acknowledge", "erase"),
    officer("POST", "/admin/privacy-deliveries/:id/abandon", "erase"),
    officer("GET", "/admin/privacy-audit", "view"),
    officer("GET", "/admin/privacy-audit/verify", "view"),
    { method: ["POST", "DELETE"], matcher: "/admin/customers/:id", middlewares: [protectUnknownCustomer] },
    { matcher: "/store/*", middlewares: [noteShopUse] },
    shopper("/store/*"),
    shopper("/auth/session"),
    shopper("/auth/token/refresh"),
  ],
})
