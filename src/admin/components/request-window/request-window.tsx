import { RouteFocusModal } from "@medusajs/dashboard/components"
import { usePrivacyPermissions } from "../../hooks/use-privacy-permissions"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { toWindowName } from "../../lib/window-name"
import { PermissionGate } from "../common/permission-gate"
import { WindowBody } from "../common/window-body"
import { type RequestWindowProps } from "./request-window-props"
import { RequestWizard } from "./request-wizard"

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
