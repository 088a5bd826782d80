import { useRouteModal } from "@medusajs/dashboard/components"
import { Hint, Input, Label, Switch, Textarea, toast } from "@medusajs/ui"
import { useId, useState } from "react"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { useSavePrivacyWebhook } from "../../hooks/use-privacy-webhooks"
import { type PrivacyWebhook } from "../../lib/told-contract"
import {
  findWebhookProblems,
  toWebhookBody,
  toWebhookDraft,
  type WebhookDraft,
} from "../../lib/webhook-draft"
import { Field } from "../common/field"
import { FormWindow } from "../common/form-window"
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

  const handleSubmit = () => {
    if (secret) {
      handleSuccess()
      return
    }

    const found = findWebhookProblems(draft)

    setProblems(found)

    if (!found) {
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
  }

  if (secret) {
    return (
      <FormWindow
        title={t("webhooks.secret.title")}
        description={draft.url}
        doneLabel={t("webhooks.secret.done")}
        onSubmit={handleSubmit}
      >
        <SecretPanel secret={secret} />
      </FormWindow>
    )
  }

  return (
    <FormWindow
      title={t(webhook ? "webhooks.edit.title" : "webhooks.create.title")}
      description={t(
        webhook ? "webhooks.edit.description" : "webhooks.create.description"
      )}
      error={error}
      errorTitle={t("webhooks.saveError")}
      isSaving={isPending}
      onSubmit={handleSubmit}
    >
      <Field
        label={t("webhooks.fields.url")}
        hint={t("webhooks.fields.urlHint")}
        problem={problems?.url && t(`webhooks.problems.${problems.url}`)}
      >
        {(control) => (
          <Input
            {...control}
            data-testid="privacy-webhook-url"
            type="url"
            autoFocus
            autoComplete="off"
            placeholder="https://example.com/hooks/privacy"
            value={draft.url}
            onChange={({ target }) => change({ url: target.value })}
          />
        )}
      </Field>
      <Field label={t("webhooks.fields.description")}>
        {(control) => (
          <Textarea
            {...control}
            data-testid="privacy-webhook-description"
            rows={2}
            value={draft.description}
            onChange={({ target }) => change({ description: target.value })}
          />
        )}
      </Field>
      <EventsField
        value={draft.events}
        problem={problems?.events && t(`webhooks.problems.${problems.events}`)}
        onChange={(events) => change({ events })}
      />
      {webhook && (
        <div className="flex items-start gap-x-3">
          <Switch
            id={`${id}-enabled`}
            aria-describedby={`${id}-enabled-hint`}
            checked={draft.enabled}
            onCheckedChange={(enabled) => change({ enabled })}
          />
          <div className="flex flex-col">
            <Label htmlFor={`${id}-enabled`} size="small" weight="plus">
              {t("webhooks.fields.enabled")}
            </Label>
            <Hint id={`${id}-enabled-hint`}>
              {t("webhooks.fields.enabledHint")}
            </Hint>
          </div>
        </div>
      )}
    </FormWindow>
  )
}
