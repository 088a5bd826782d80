import { RouteFocusModal } from "@medusajs/dashboard/components"
import { type ComponentType } from "react"
import { usePrivacyPermissions } from "../../hooks/use-privacy-permissions"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type RequestType } from "../../lib/contract"
import { type RequestPreview } from "../../lib/request-contract"
import { toWindowName } from "../../lib/window-name"
import { PermissionGate } from "../common/permission-gate"
import { WindowBody } from "../common/window-body"
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
    <WindowBody
      title={t(`${window}.title`)}
      description={t(`${window}.description`)}
    >
      <PermissionGate anyOf={[window]} reason={window} />
    </WindowBody>
  )
}
