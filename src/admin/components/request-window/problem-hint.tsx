import { Hint } from "@medusajs/ui"
import { useEffect, useRef } from "react"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type FoundProblem } from "./use-request-wizard"

/** Why the list cannot be checked yet; comes into view whenever the officer tries all the same. */
export const ProblemHint = ({ problem }: { problem: FoundProblem }) => {
  const { t } = usePrivacyTranslation()
  const place = useRef<HTMLDivElement>(null)

  useEffect(() => {
    place.current?.scrollIntoView({ block: "nearest" })
  }, [problem])

  return (
    <div
      ref={place}
      role="alert"
      className="scroll-m-8"
      data-testid="privacy-erase-problem"
    >
      <Hint variant="error">{t(`requestWindow.problems.${problem.code}`)}</Hint>
    </div>
  )
}
