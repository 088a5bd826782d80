import { LOCAL_DESTINATIONS } from "../vocabulary"

export type { LocalDestination } from "../vocabulary"

/** Ids that destinations of the options cannot have. */
export const RESERVED_DESTINATIONS: readonly string[] = [...LOCAL_DESTINATIONS, "webhook"]
