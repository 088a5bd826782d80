export { HOLD_CODES, type HoldCode } from "../vocabulary"

export type Severity = "block" | "warn"
