/** What an officer may be allowed to do. */
export const PERMISSIONS = ["view", "extract", "erase", "approve", "override", "configure"] as const

export type Permission = (typeof PERMISSIONS)[number]
