import { useState } from "react"
import {
  type RequestActionItem,
  useRequestActions,
} from "../../hooks/use-request-actions"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { isFinal } from "../../lib/request-actions"
import { type BulkRequest } from "../../lib/request-contract"
import { RowMenu } from "../common/row-menu"
import { ExtendDialog } from "./extend-dialog"

const toGroup = (items: RequestActionItem[]) => ({
  actions: items.map(({ icon, label, run }) => ({
    icon,
    label,
    onClick: run,
  })),
})

/** The actions of a row. */
export const RequestMenu = ({ request }: { request: BulkRequest }) => {
  const { t } = usePrivacyTranslation()
  const [isExtending, setIsExtending] = useState(false)
  const { items } = useRequestActions(request, () => setIsExtending(true))

  return (
    <RowMenu
      label={t("customerData.menu", { reference: request.reference })}
      groups={[
        toGroup(items.filter(({ action }) => !isFinal(action))),
        toGroup(items.filter(({ action }) => isFinal(action))),
      ]}
    >
      {(focusMenu) => (
        <ExtendDialog
          request={request}
          open={isExtending}
          onOpenChange={setIsExtending}
          onCloseAutoFocus={focusMenu}
        />
      )}
    </RowMenu>
  )
}
