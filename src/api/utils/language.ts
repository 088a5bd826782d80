import type { MedusaRequest } from "@medusajs/framework/http"
import { LANGUAGES, type Language } from "../../modules/privacy/extraction/readme"

/** The language of whoever asks, as far as extracts know it. */
export const languageOf = (req: MedusaRequest): Language => {
  const language = req.acceptsLanguages([...LANGUAGES])
  return LANGUAGES.find((known) => known === language) ?? LANGUAGES[0]
}
