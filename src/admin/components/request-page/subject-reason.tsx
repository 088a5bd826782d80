import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type PrivacySubject } from "../../lib/request-contract"

/** Why a customer was not erased. */
export const SubjectReason = ({ subject }: { subject: PrivacySubject }) => {
  const { t, tCode } = usePrivacyTranslation()
  const { error, holds, status } = subject

  if (status === "failed" && error) {
    return <span className="text-ui-fg-error">{error}</span>
  }

  if (status === "held" && holds?.length) {
    return (
      <>
        {holds
          .map(({ code, message }) => `${tCode("holds", code)}: ${message}`)
          .join(" · ")}
      </>
    )
  }

  return <>{t("request.facts.none")}</>
}
