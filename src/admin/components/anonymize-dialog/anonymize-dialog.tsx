import { FocusModal } from "@medusajs/ui"
import { useRef } from "react"
import { type CustomerPrivacy } from "../../lib/contract"
import { AnonymizeForm } from "./anonymize-form"

interface AnonymizeDialogProps {
  privacy: CustomerPrivacy
  email: string | null
  open: boolean
  onOpenChange: (open: boolean) => void
}

export const AnonymizeDialog = ({
  privacy,
  email,
  open,
  onOpenChange,
}: AnonymizeDialogProps) => {
  const content = useRef<HTMLDivElement>(null)
  const opener = useRef<Element | null>(null)

  const focusFirstField = (event: Event) => {
    opener.current = document.activeElement

    // Radix would focus the close button in the header.
    const field = content.current?.querySelector<HTMLElement>(
      '[role="radio"][data-state="checked"]'
    )

    if (field) {
      event.preventDefault()
      field.focus()
    }
  }

  const focusOpener = (event: Event) => {
    // Radix only knows the way back to a trigger of its own; ours lies in another component.
    event.preventDefault()

    if (opener.current instanceof HTMLElement) {
      opener.current.focus()
    }
  }

  return (
    <FocusModal open={open} onOpenChange={onOpenChange}>
      <FocusModal.Content
        ref={content}
        data-testid="privacy-dialog"
        onOpenAutoFocus={focusFirstField}
        onCloseAutoFocus={focusOpener}
      >
        <AnonymizeForm
          privacy={privacy}
          email={email}
          onClose={() => onOpenChange(false)}
        />
      </FocusModal.Content>
    </FocusModal>
  )
}
