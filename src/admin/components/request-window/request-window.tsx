import { RouteFocusModal } from "@medusajs/dashboard/components"
import { Heading, Text } from "@medusajs/ui"
import { type ComponentType } from "react"
import { usePrivacyPermissions } from "../../hooks/use-privacy-permissions"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type RequestType } from "../../lib/contract"
import { type RequestPreview } from "../../lib/request-contract"
import { toWindowName } from "../../lib/window-name"
import { PermissionGate } from "../common/permission-gate"
import { RequestWizard } from "./request-wizard"
import { type RequestWizardState } from "./use-request-wizard"

export interface RequestWindowProps {
  type: RequestType
  /** What is asked for beside whom it is about. */
  Fields: ComponentType<{ wizard: RequestWizardState }>
  /** The last look, where what happens cannot be undone. */
  Confirm?: ComponentType<{
    wizard: RequestWizardState
    preview: RequestPreview
  }>
}

/** A window in which a request about many customers is put together. */
export const RequestWindow = (props: RequestWindowProps) => (
  <RouteFocusModal>
    <RequestGate {...props} />
  </RouteFocusModal>
)

const RequestGate = (props: RequestWindowProps) => {
  const { t } = usePrivacyTranslation()
  const { can, defaultMethod, identifierTypes } = usePrivacyPermissions()
  const window = toWindowName(props.type)

  if (can(window)) {
    return (
      <RequestWizard
        {...props}
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
              <Heading>{t(`${window}.title`)}</Heading>
            </RouteFocusModal.Title>
            <RouteFocusModal.Description asChild>
              <Text size="small" className="text-ui-fg-subtle text-pretty">
                {t(`${window}.description`)}
              </Text>
            </RouteFocusModal.Description>
          </div>
          <PermissionGate anyOf={[window]} reason={window} />
        </div>
      </RouteFocusModal.Body>
    </>
  )
}
