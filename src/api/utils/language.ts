import type { MedusaRequest } from "@medusajs/framework/http"
import { toLanguage } from "../../modules/privacy/languages"
import { LANGUAGES, type Language } from "../../modules/privacy/vocabulary"

/** The language of whoever asks, as far as the server knows it. */
export const languageOf = (req: MedusaRequest): Language => toLanguage(req.acceptsLanguages([...LANGUAGES]))
