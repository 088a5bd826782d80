import { Text } from "@medusajs/ui"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type KeptEntry } from "../../lib/contract"

/** What a removal leaves in place, and why. */
export const KeptList = ({ kept }: { kept: KeptEntry[] }) => {
  const { tCode } = usePrivacyTranslation()

  return (
    <ul className="flex flex-col gap-y-1.5">
      {kept.map(({ kind, reason }) => (
        <li key={`${kind}-${reason}`}>
          <Text size="small" className="text-ui-fg-subtle text-pretty">
            <span className="text-ui-fg-base">{tCode("keptKinds", kind)}</span>
            {": "}
            {tCode("keptReasons", reason)}
          </Text>
        </li>
      ))}
    </ul>
  )
}
