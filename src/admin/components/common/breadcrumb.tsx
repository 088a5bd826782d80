import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type MessageKey } from "../../i18n/messages"

export const Breadcrumb = ({ text }: { text: MessageKey }) => {
  const { t } = usePrivacyTranslation()

  return <>{t(text)}</>
}
