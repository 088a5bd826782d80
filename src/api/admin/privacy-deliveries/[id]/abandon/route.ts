import { changing } from "../../change-route"

/** POST /admin/privacy-deliveries/:id/abandon: gives it up; what the destination needed is forgotten. Needs `erase`. */
export const POST = changing("abandon")
