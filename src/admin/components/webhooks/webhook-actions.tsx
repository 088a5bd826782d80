import {
  ArrowPath,
  BellAlert,
  ListBullet,
  PencilSquare,
  Trash,
} from "@medusajs/icons"
import { toast, usePrompt } from "@medusajs/ui"
import { useState } from "react"
import { useErrorToast } from "../../hooks/use-error-toast"
import { usePrivacyPermissions } from "../../hooks/use-privacy-permissions"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import {
  useDeletePrivacyWebhook,
  useRotateWebhookSecret,
  useTestWebhook,
} from "../../hooks/use-privacy-webhooks"
import { toHost } from "../../lib/delivery-view"
import {
  type PrivacyWebhook,
  type WebhookSecretResponse,
} from "../../lib/told-contract"
import { RowMenu } from "../common/row-menu"
import { SecretDialog } from "./secret-dialog"

/** What can be done to a webhook; the new secret of a rotation is shown on top of the page. */
export const WebhookActions = ({ webhook }: { webhook: PrivacyWebhook }) => {
  const { t } = usePrivacyTranslation()
  const { can } = usePrivacyPermissions()
  const prompt = usePrompt()
  const showError = useErrorToast()
  const { id, url, enabled } = webhook
  const { mutate: remove } = useDeletePrivacyWebhook(id)
  const { mutate: test } = useTestWebhook(id)
  const { mutate: rotate } = useRotateWebhookSecret(id)
  const [rotated, setRotated] = useState<WebhookSecretResponse>()

  const handleTest = () =>
    test(undefined, {
      onSuccess: () =>
        toast.success(t("webhooks.test.sent"), {
          description: t("webhooks.test.text"),
        }),
      onError: (error) => showError(t("webhooks.test.error"), error),
    })

  const handleRotate = async () => {
    const isConfirmed = await prompt({
      title: t("webhooks.rotate.title"),
      description: t("webhooks.rotate.text"),
      confirmText: t("webhooks.rotate.confirm"),
      cancelText: t("actions.cancel"),
      variant: "confirmation",
    })

    if (isConfirmed) {
      rotate(undefined, {
        onSuccess: setRotated,
        onError: (error) => showError(t("webhooks.rotate.error"), error),
      })
    }
  }

  const handleDelete = async () => {
    const isConfirmed = await prompt({
      title: t("webhooks.delete.title"),
      description: t("webhooks.delete.text", { url: toHost(url) }),
      confirmText: t("actions.deleteProfile"),
      cancelText: t("actions.cancel"),
      variant: "danger",
    })

    if (isConfirmed) {
      remove(undefined, {
        onSuccess: () => {
          toast.success(t("webhooks.toast.deleted"))
        },
        onError: (error) => showError(t("webhooks.delete.error"), error),
      })
    }
  }

  const deliveries = {
    icon: <ListBullet />,
    label: t("webhooks.actions.deliveries"),
    to: `/settings/privacy/deliveries?webhook_id=${id}`,
  }

  const groups = can("configure")
    ? [
        {
          actions: [
            {
              icon: <PencilSquare />,
              label: t("actions.edit"),
              to: `/settings/privacy/webhooks/edit/${id}`,
            },
            deliveries,
            {
              icon: <BellAlert />,
              label: t("webhooks.actions.test"),
              disabled: !enabled,
              onClick: handleTest,
            },
            {
              icon: <ArrowPath />,
              label: t("webhooks.actions.rotate"),
              onClick: handleRotate,
            },
          ],
        },
        {
          actions: [
            {
              icon: <Trash />,
              label: t("actions.deleteProfile"),
              onClick: handleDelete,
            },
          ],
        },
      ]
    : [{ actions: [deliveries] }]

  return (
    <RowMenu label={t("webhooks.menu", { url })} groups={groups}>
      {(focusMenu) =>
        rotated && (
          <SecretDialog
            secret={rotated.secret}
            formerUntil={rotated.privacy_webhook.previous_secret_until}
            onClosed={(event) => {
              focusMenu(event)
              setRotated(undefined)
            }}
          />
        )
      }
    </RowMenu>
  )
}
