import { EllipsisHorizontal } from "@medusajs/icons"
import { ActionMenu } from "@medusajs/dashboard/components"
import { IconButton } from "@medusajs/ui"
import { useState } from "react"
import {
  type RequestActionItem,
  useRequestActions,
} from "../../hooks/use-request-actions"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { isFinal } from "../../lib/request-actions"
import { type BulkRequest } from "../../lib/request-contract"
import { ExtendDialog } from "./extend-dialog"

const toGroup = (items: RequestActionItem[]) => ({
  actions: items.map(({ icon, label, run }) => ({
    icon,
    label,
    onClick: () => void run(),
  })),
})

/** The actions of a row; not there when none applies. */
export const RequestMenu = ({ request }: { request: BulkRequest }) => {
  const { t } = usePrivacyTranslation()
  const [isExtending, setIsExtending] = useState(false)
  const { items } = useRequestActions(request, () => setIsExtending(true))

  if (!items.length) {
    return null
  }

  const groups = [
    items.filter(({ action }) => !isFinal(action)),
    items.filter(({ action }) => isFinal(action)),
  ].filter(({ length }) => length)

  return (
    // The row itself leads to the request.
    <div onClick={(event) => event.stopPropagation()}>
      <ActionMenu groups={groups.map(toGroup)}>
        <IconButton
          size="small"
          variant="transparent"
          aria-label={t("customerData.menu", { reference: request.reference })}
        >
          <EllipsisHorizontal />
        </IconButton>
      </ActionMenu>
      <ExtendDialog
        request={request}
        open={isExtending}
        onOpenChange={setIsExtending}
      />
    </div>
  )
}
