import { Prompt, Textarea, toast } from "@medusajs/ui"
import { useState } from "react"
import { useErrorToast } from "../../hooks/use-error-toast"
import { useExtendRequest } from "../../hooks/use-privacy-requests"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type BulkRequest } from "../../lib/request-contract"
import { Field } from "../common/field"

interface ExtendDialogProps {
  request: BulkRequest
  open: boolean
  onOpenChange: (isOpen: boolean) => void
  /** Where the opener is gone by then: takes the focus back. */
  onCloseAutoFocus?: (event: Event) => void
}

/** Asks for the reason that the law wants for an extension. */
export const ExtendDialog = ({
  request,
  open,
  onOpenChange,
  onCloseAutoFocus,
}: ExtendDialogProps) => {
  const { t } = usePrivacyTranslation()
  const showError = useErrorToast()
  const { mutate } = useExtendRequest(request.id)
  const [reason, setReason] = useState("")

  const extend = () =>
    mutate(reason.trim(), {
      onSuccess: () => {
        toast.success(t("request.toast.extend"), {
          description: request.reference,
        })
      },
      onError: (error) => showError(t("request.actions.extend"), error),
    })

  return (
    <Prompt open={open} onOpenChange={onOpenChange} variant="confirmation">
      <Prompt.Content
        data-testid="privacy-extend-dialog"
        onCloseAutoFocus={onCloseAutoFocus}
      >
        <Prompt.Header>
          <Prompt.Title>{t("request.extend.title")}</Prompt.Title>
          <Prompt.Description>
            {t("request.extend.description")}
          </Prompt.Description>
        </Prompt.Header>
        <div className="px-6 pt-6">
          <Field
            label={t("request.extend.reason")}
            hint={t("request.extend.hint")}
          >
            {(control) => (
              <Textarea
                {...control}
                data-testid="privacy-extend-reason"
                rows={2}
                value={reason}
                required
                onChange={({ target }) => setReason(target.value)}
              />
            )}
          </Field>
        </div>
        <Prompt.Footer>
          <Prompt.Cancel type="button">{t("actions.cancel")}</Prompt.Cancel>
          <Prompt.Action
            type="button"
            data-testid="privacy-extend-submit"
            disabled={!reason.trim()}
            onClick={extend}
          >
            {t("request.extend.submit")}
          </Prompt.Action>
        </Prompt.Footer>
      </Prompt.Content>
    </Prompt>
  )
}
