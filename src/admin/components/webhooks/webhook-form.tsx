import {
  KeyboundForm,
  RouteFocusModal,
  useRouteModal,
} from "@medusajs/dashboard/components"
import {
  Alert,
  Button,
  Heading,
  Hint,
  Input,
  Label,
  Switch,
  Text,
  Textarea,
  toast,
} from "@medusajs/ui"
import { type FormEvent, useId, useState } from "react"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { useSavePrivacyWebhook } from "../../hooks/use-privacy-webhooks"
import { toRequestError } from "../../lib/request-error"
import { type PrivacyWebhook } from "../../lib/told-contract"
import {
  findWebhookProblems,
  toWebhookBody,
  toWebhookDraft,
  type WebhookDraft,
} from "../../lib/webhook-draft"
import { EventsField } from "./events-field"
import { SecretPanel } from "./secret-panel"

export const WebhookForm = ({ webhook }: { webhook?: PrivacyWebhook }) => {
  const { t } = usePrivacyTranslation()
  const { handleSuccess } = useRouteModal()
  const { mutate, isPending, error } = useSavePrivacyWebhook(webhook?.id)
  const id = useId()

  const [draft, setDraft] = useState(() => toWebhookDraft(webhook))
  const [problems, setProblems] =
    useState<ReturnType<typeof findWebhookProblems>>()
  const [secret, setSecret] = useState<string>()

  const change = (part: Partial<WebhookDraft>) => {
    const next = { ...draft, ...part }

    setDraft(next)

    // Only once something was refused does the form follow every stroke.
    if (problems) {
      setProblems(findWebhookProblems(next))
    }
  }

  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()

    if (secret) {
      handleSuccess()
      return
    }

    const found = findWebhookProblems(draft)

    setProblems(found)

    if (found || isPending) {
      return
    }

    mutate(toWebhookBody(draft), {
      onSuccess: (answer) => {
        toast.success(t("webhooks.toast.saved"))

        if (answer.secret) {
          setSecret(answer.secret)
        } else {
          handleSuccess()
        }
      },
    })
  }

  const form = webhook ? "edit" : "create"

  return (
    <KeyboundForm
      className="flex h-full flex-col overflow-hidden"
      onSubmit={handleSubmit}
    >
      <RouteFocusModal.Header />
      <RouteFocusModal.Body className="flex flex-col items-center overflow-y-auto">
        <div className="flex w-full max-w-[720px] flex-col gap-y-8 px-4 py-10 sm:py-16">
          <div className="flex flex-col gap-y-1">
            <RouteFocusModal.Title asChild>
              <Heading>
                {secret
                  ? t("webhooks.secret.title")
                  : t(
                      form === "edit"
                        ? "webhooks.edit.title"
                        : "webhooks.create.title"
                    )}
              </Heading>
            </RouteFocusModal.Title>
            <RouteFocusModal.Description asChild>
              <Text size="small" className="text-ui-fg-subtle text-pretty">
                {secret
                  ? draft.url
                  : t(
                      form === "edit"
                        ? "webhooks.edit.description"
                        : "webhooks.create.description"
                    )}
              </Text>
            </RouteFocusModal.Description>
          </div>
          {secret ? (
            <SecretPanel secret={secret} />
          ) : (
            <>
              {error && <SaveError error={error} />}
              <div className="flex flex-col gap-y-2">
                <Label htmlFor={`${id}-url`} size="small" weight="plus">
                  {t("webhooks.fields.url")}
                </Label>
                <Input
                  id={`${id}-url`}
                  data-testid="privacy-webhook-url"
                  type="url"
                  autoFocus
                  autoComplete="off"
                  placeholder="https://example.com/hooks/privacy"
                  value={draft.url}
                  aria-invalid={Boolean(problems?.url)}
                  aria-describedby={`${id}-url-hint`}
                  onChange={({ target }) => change({ url: target.value })}
                />
                <div id={`${id}-url-hint`}>
                  <Hint variant={problems?.url ? "error" : "info"}>
                    {problems?.url
                      ? t(`webhooks.problems.${problems.url}`)
                      : t("webhooks.fields.urlHint")}
                  </Hint>
                </div>
              </div>
              <div className="flex flex-col gap-y-2">
                <Label htmlFor={`${id}-description`} size="small" weight="plus">
                  {t("webhooks.fields.description")}
                </Label>
                <Textarea
                  id={`${id}-description`}
                  data-testid="privacy-webhook-description"
                  rows={2}
                  value={draft.description}
                  onChange={({ target }) =>
                    change({ description: target.value })
                  }
                />
              </div>
              <EventsField
                value={draft.events}
                problem={
                  problems?.events && t(`webhooks.problems.${problems.events}`)
                }
                onChange={(events) => change({ events })}
              />
              {webhook && (
                <div className="flex items-start gap-x-3">
                  <Switch
                    id={`${id}-enabled`}
                    checked={draft.enabled}
                    onCheckedChange={(enabled) => change({ enabled })}
                  />
                  <div>
                    <Label htmlFor={`${id}-enabled`} size="small" weight="plus">
                      {t("webhooks.fields.enabled")}
                    </Label>
                    <Hint>{t("webhooks.fields.enabledHint")}</Hint>
                  </div>
                </div>
              )}
            </>
          )}
        </div>
      </RouteFocusModal.Body>
      <RouteFocusModal.Footer>
        {!secret && (
          <RouteFocusModal.Close asChild>
            <Button size="small" variant="secondary" type="button">
              {t("actions.cancel")}
            </Button>
          </RouteFocusModal.Close>
        )}
        <Button
          size="small"
          type="submit"
          data-testid="privacy-webhook-save"
          isLoading={isPending}
        >
          {secret ? t("webhooks.secret.done") : t("actions.save")}
        </Button>
      </RouteFocusModal.Footer>
    </KeyboundForm>
  )
}

const SaveError = ({ error }: { error: unknown }) => {
  const { t } = usePrivacyTranslation()
  const { kind, detail } = toRequestError(error)

  return (
    <Alert variant="error" role="alert">
      <span className="txt-small-plus block">{t("webhooks.saveError")}</span>
      <span className="txt-small text-ui-fg-subtle block">
        {detail ?? t(`error.${kind}`)}
      </span>
    </Alert>
  )
}
