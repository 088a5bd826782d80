/** The first look back at an erased customer; each later one comes when four times as much time has passed. */
export const FIRST_PAUSE = "interval '10 minutes'"

/** When a new ledger entry is swept first. */
export const FIRST_SWEEP = `now() + ${FIRST_PAUSE}`
