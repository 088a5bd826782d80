import { useUser } from "@medusajs/dashboard/hooks"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"

/** The name of an officer; whoever may not read users sees the id. */
export const ActorName = ({ actor }: { actor: string | null }) => {
  const { t } = usePrivacyTranslation()
  const { user } = useUser(actor ?? "", undefined, {
    enabled: actor?.startsWith("user_") ?? false,
    retry: false,
  })
  const name = [user?.first_name, user?.last_name].filter(Boolean).join(" ")

  return <>{name || user?.email || actor || t("widget.timeline.system")}</>
}
