import { LockClosedSolid } from "@medusajs/icons"
import { Container, Text } from "@medusajs/ui"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"

export type NoPermissionReason = "view" | "configure" | "requests" | "erase" | "extract"

interface NoPermissionProps {
  needed: NoPermissionReason
}

export const NoPermission = ({ needed }: NoPermissionProps) => {
  const { t } = usePrivacyTranslation()

  return (
    <Container
      data-testid="privacy-no-permission"
      className="flex flex-col items-center gap-y-3 px-6 py-16 text-center"
    >
      <LockClosedSolid className="text-ui-fg-subtle" />
      <div className="flex max-w-[420px] flex-col gap-y-1">
        <Text size="small" leading="compact" weight="plus">
          {t("settings.noPermission.title")}
        </Text>
        <Text size="small" className="text-ui-fg-muted text-pretty">
          {t(`settings.noPermission.${needed}`)}
        </Text>
      </div>
    </Container>
  )
}
