import { RouteFocusModal } from "@medusajs/dashboard/components"
import { Heading, Text } from "@medusajs/ui"
import { usePrivacyPermissions } from "../../hooks/use-privacy-permissions"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { PermissionGate } from "../common/permission-gate"
import { EraseWizard } from "./erase-wizard"

/** The window "Delete customers". */
export const EraseWindow = () => (
  <RouteFocusModal>
    <EraseGate />
  </RouteFocusModal>
)

const EraseGate = () => {
  const { t } = usePrivacyTranslation()
  const { can, defaultMethod, identifierTypes } = usePrivacyPermissions()

  if (can("erase")) {
    return (
      <EraseWizard
        defaultMethod={defaultMethod}
        identifierTypes={identifierTypes}
      />
    )
  }

  return (
    <>
      <RouteFocusModal.Header />
      <RouteFocusModal.Body className="flex flex-col items-center overflow-y-auto">
        <div className="flex w-full max-w-[720px] flex-col gap-y-8 px-4 py-10 sm:py-16">
          <div className="flex flex-col gap-y-1">
            <RouteFocusModal.Title asChild>
              <Heading>{t("erase.title")}</Heading>
            </RouteFocusModal.Title>
            <RouteFocusModal.Description asChild>
              <Text size="small" className="text-ui-fg-subtle text-pretty">
                {t("erase.description")}
              </Text>
            </RouteFocusModal.Description>
          </div>
          <PermissionGate anyOf={["erase"]} reason="erase" />
        </div>
      </RouteFocusModal.Body>
    </>
  )
}
