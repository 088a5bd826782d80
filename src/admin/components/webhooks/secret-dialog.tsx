import { Prompt, Text } from "@medusajs/ui"
import { useState } from "react"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { SecretPanel } from "./secret-panel"

interface SecretDialogProps {
  secret: string
  formerUntil: string | null
  /** Once it is gone from the screen. */
  onClosed: (event: Event) => void
}

/** The new secret after a rotation. */
export const SecretDialog = ({
  secret,
  formerUntil,
  onClosed,
}: SecretDialogProps) => {
  const { t } = usePrivacyTranslation()
  const { dateTime } = useFormat()
  const [isOpen, setIsOpen] = useState(true)

  return (
    // Only its button closes it: Escape would lose the secret by accident.
    <Prompt open={isOpen} variant="confirmation">
      <Prompt.Content onCloseAutoFocus={onClosed}>
        <Prompt.Header>
          <Prompt.Title>{t("webhooks.secret.title")}</Prompt.Title>
          <Prompt.Description asChild>
            <div className="flex flex-col gap-y-3">
              <SecretPanel secret={secret} />
              {formerUntil && (
                <Text size="small" className="text-ui-fg-subtle">
                  {t("webhooks.secret.rotated", {
                    until: dateTime(formerUntil),
                  })}
                </Text>
              )}
            </div>
          </Prompt.Description>
        </Prompt.Header>
        <Prompt.Footer>
          <Prompt.Action onClick={() => setIsOpen(false)}>
            {t("webhooks.secret.done")}
          </Prompt.Action>
        </Prompt.Footer>
      </Prompt.Content>
    </Prompt>
  )
}
