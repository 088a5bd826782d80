import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type PrivacySubject } from "../../lib/request-contract"

/** Why a customer was not erased. */
export const SubjectReason = ({ subject }: { subject: PrivacySubject }) => {
  const { t, tCode } = usePrivacyTranslation()
  const { error, holds, status } = subject

  if (status === "failed" && error) {
    return (
      <span className="text-ui-fg-error block w-72 whitespace-normal py-2">
        {error}
      </span>
    )
  }

  if (status === "held" && holds?.length) {
    return (
      <ul className="w-72 whitespace-normal py-2">
        {holds.map(({ code, message }) => (
          <li key={code}>{`${tCode("holds", code)}: ${message}`}</li>
        ))}
      </ul>
    )
  }

  return <>{t("request.facts.none")}</>
}
