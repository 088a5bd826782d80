import { changing } from "../../change-route"

/** POST /admin/privacy-deliveries/:id/acknowledge: the destination confirmed by other means, such as a letter. Needs `erase`. */
export const POST = changing("acknowledge")
