import { changing } from "../../change-route"

/** POST /admin/privacy-requests/:id/resume: goes on where it was stopped. Needs `erase`. */
export const POST = changing("resume")
