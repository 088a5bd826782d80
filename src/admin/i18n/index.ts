import { languages, NAMESPACE } from "./messages"

export default {
  en: { [NAMESPACE]: languages.en },
  de: { [NAMESPACE]: languages.de },
}
