import { changing } from "../../change-route"

/** POST /admin/privacy-requests/:id/retry: takes held and failed subjects up again. Needs `erase`; 409 when there are none. */
export const POST = changing("retry", 202)
