import { WebhookEditor } from "../../../../../components/webhooks/webhook-editor"

const PrivacyWebhookCreateRoute = () => <WebhookEditor />

export default PrivacyWebhookCreateRoute
