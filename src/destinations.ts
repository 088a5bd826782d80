/** What a destination's provider is written with: `import { DestinationError, type DestinationProvider } from "medusa-plugin-privacy/destinations"`. */
export {
  DestinationError,
  type DestinationAnswer,
  type DestinationIdentifiers,
  type DestinationInput,
  type DestinationProvider,
  type ExtractAnswer,
  type ExtractInput,
  type IdentifierNeed,
} from "./modules/privacy/destinations/contract"
