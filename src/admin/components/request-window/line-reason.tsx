import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { parseLineReason, toLineHolds } from "../../lib/request-plan"
import { type RequestPreview, type PreviewLine } from "../../lib/request-contract"

interface LineReasonProps {
  preview: RequestPreview
  line: PreviewLine
}

/** Why a line did not simply match. */
export const LineReason = ({ preview, line }: LineReasonProps) => {
  const { tCode, tHold } = usePrivacyTranslation()
  const inWords = useReasonWords()
  const holds = toLineHolds(preview, line)

  if (line.outcome === "held" && holds.length) {
    return (
      <ul>
        {holds.map((hold) => (
          <li key={hold.code}>{`${tCode("holds", hold.code)}: ${tHold(hold)}`}</li>
        ))}
      </ul>
    )
  }

  return <>{inWords(line.reason)}</>
}

const useReasonWords = () => {
  const { t, tCode } = usePrivacyTranslation()
  const { number } = useFormat()

  return (reason: string | null) => {
    if (!reason) {
      return t("request.facts.none")
    }

    const { kind, value } = parseLineReason(reason)

    switch (kind) {
      case "line":
        return t("requestWindow.review.lines.firstLine", { line: number(value) })
      case "customers":
        return t("requestWindow.review.lines.customers", { count: number(value) })
      case "words":
        return tCode("lineReasons", value, value)
    }
  }
}
