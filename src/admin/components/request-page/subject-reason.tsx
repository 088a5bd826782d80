import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type PrivacySubject } from "../../lib/request-contract"

/** Why a customer was left out, or is not done yet. */
export const SubjectReason = ({ subject }: { subject: PrivacySubject }) => {
  const { t, tCode, tHold } = usePrivacyTranslation()
  const { error, holds, status } = subject

  // One that is complete has a reason when its archive lacks something.
  if (status !== "held" && status !== "pending" && error) {
    return (
      <span className="text-ui-fg-error block w-56 whitespace-normal py-2">
        {tCode("subjectErrors", error, error)}
      </span>
    )
  }

  if (status === "held" && holds?.length) {
    return (
      <ul className="w-56 whitespace-normal py-2">
        {holds.map((hold) => (
          <li key={hold.code}>{`${tCode("holds", hold.code)}: ${tHold(hold)}`}</li>
        ))}
      </ul>
    )
  }

  return <>{t("request.facts.none")}</>
}
