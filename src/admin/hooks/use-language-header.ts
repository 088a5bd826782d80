import { toIntlLocale } from "../lib/format"
import { usePrivacyTranslation } from "./use-privacy-translation"

/** Archives and the bell speak the language the officer reads, which need not be the browser's. */
export const useLanguageHeader = () => {
  const { language } = usePrivacyTranslation()

  return { "accept-language": toIntlLocale(language) }
}
