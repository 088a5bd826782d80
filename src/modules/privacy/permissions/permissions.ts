export { PERMISSIONS, type Permission } from "../vocabulary"
