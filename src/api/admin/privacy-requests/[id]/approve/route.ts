import { changing } from "../../change-route"

/** POST /admin/privacy-requests/:id/approve: a second officer lets it run. Needs `approve`; 403 for the requester. */
export const POST = changing("approve")
