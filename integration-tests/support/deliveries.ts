import type { DestinationProvider } from "../../src/modules/privacy/destinations/contract"
import type { Destination } from "../../src/modules/privacy/destinations/registry"
import { couriers } from "../../src/modules/privacy/jobs/couriers"
import { Dispatcher } from "../../src/modules/privacy/jobs/dispatcher"
import type { Engine } from "./engine"

export const destination = (id: string, provider: DestinationProvider, deadlineDays = 7): Destination => ({ id, deadlineDays, provider })

/** A dispatcher of the engine's destinations and webhooks; Medusa's own parts are not there to be told. */
export function dispatcherOf(engine: Engine): { dispatcher: Dispatcher; warnings: string[] } {
  const warnings: string[] = []
  const { options, destinations = [] } = engine.environment
  const all = couriers(engine.connection, options, destinations)
  const dispatcher = new Dispatcher(
    engine.connection,
    (lane) => (destinations.some(({ id }) => id === lane) || lane.startsWith("prvwh_") ? all(lane) : null),
    { warn: (message: string) => warnings.push(message) } as never
  )
  return { dispatcher, warnings }
}

export const deliveriesOf = (engine: Engine, destinationId: string) =>
  engine.database.rows("SELECT * FROM privacy_delivery WHERE destination = $1 ORDER BY id", [destinationId])
