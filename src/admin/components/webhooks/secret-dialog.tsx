import { Prompt, Text } from "@medusajs/ui"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { SecretPanel } from "./secret-panel"

interface SecretDialogProps {
  secret: string
  formerUntil: string | null
  onClose: () => void
}

/** The new secret after a rotation. */
export const SecretDialog = ({
  secret,
  formerUntil,
  onClose,
}: SecretDialogProps) => {
  const { t } = usePrivacyTranslation()
  const { dateTime } = useFormat()

  return (
    <Prompt open variant="confirmation">
      <Prompt.Content>
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
          <Prompt.Action onClick={onClose}>
            {t("webhooks.secret.done")}
          </Prompt.Action>
        </Prompt.Footer>
      </Prompt.Content>
    </Prompt>
  )
}
