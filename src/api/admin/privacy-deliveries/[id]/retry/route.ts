import { changing } from "../../change-route"

/** POST /admin/privacy-deliveries/:id/retry: tries it again at once. Needs `erase`. */
export const POST = changing("retry", 202)
