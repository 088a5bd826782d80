import { LANGUAGES, type Language } from "./vocabulary"

/** The language as the server knows it; the first one for everybody else. */
export const toLanguage = (wanted: unknown): Language => LANGUAGES.find((known) => known === wanted) ?? LANGUAGES[0]
