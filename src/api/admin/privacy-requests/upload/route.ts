/** POST /admin/privacy-requests/upload: as POST /admin/privacy-requests, with the identifiers in a multipart `file`. Needs `erase`, for an extract `extract`. */
export { POST } from "../route"
