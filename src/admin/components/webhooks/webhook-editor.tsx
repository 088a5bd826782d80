import { usePrivacyWebhook } from "../../hooks/use-privacy-webhooks"
import { EditorWindow } from "../common/editor-window"
import { WebhookForm } from "./webhook-form"

/** The form for a webhook: a new one without an id. */
export const WebhookEditor = ({ id }: { id?: string }) => {
  const { webhook, ...query } = usePrivacyWebhook(id)

  return (
    <EditorWindow subject="webhooks" queries={[query]}>
      {() => <WebhookForm webhook={webhook} />}
    </EditorWindow>
  )
}
