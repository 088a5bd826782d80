import { changing } from "../../change-route"

/** POST /admin/privacy-requests/:id/stop: takes effect within a chunk; what is done stays done. Needs `erase`. */
export const POST = changing("stop")
