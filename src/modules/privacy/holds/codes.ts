export { FORCIBLE_HOLD_CODES, HOLD_CODES, type ForcibleHoldCode, type HoldCode } from "../vocabulary"

export type Severity = "block" | "warn"
