/** Parts of Medusa that are told through the outbox. */
export const LOCAL_DESTINATIONS = ["event_bus", "workflow", "copies", "files", "exports", "feed", "email", "archives"] as const

export type LocalDestination = (typeof LOCAL_DESTINATIONS)[number]

/** Ids that destinations of the options cannot have. */
export const RESERVED_DESTINATIONS: readonly string[] = [...LOCAL_DESTINATIONS, "webhook"]
