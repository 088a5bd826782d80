import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type FootprintEntry } from "../../lib/contract"
import { FactList } from "./fact-list"

interface FootprintListProps {
  footprint: FootprintEntry[]
  className?: string
}

/** Records per kind. */
export const FootprintList = ({ footprint, className }: FootprintListProps) => {
  const { tCode } = usePrivacyTranslation()
  const { number } = useFormat()

  return (
    <FactList
      className={className}
      facts={footprint.map(({ kind, count }) => ({
        id: kind,
        label: tCode("kinds", kind),
        value: number(count),
      }))}
    />
  )
}

/** The kinds a customer has records of. */
export const onlyFound = (footprint: FootprintEntry[]) =>
  footprint.filter(({ count }) => count > 0)
