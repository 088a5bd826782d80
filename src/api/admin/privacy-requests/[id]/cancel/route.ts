import { changing } from "../../change-route"

/** POST /admin/privacy-requests/:id/cancel: what has not begun never will. Needs `erase`. */
export const POST = changing("cancel")
