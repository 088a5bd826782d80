import { WebhookCreator } from "../../../../../components/webhooks/webhook-editor"

const PrivacyWebhookCreateRoute = () => <WebhookCreator />

export default PrivacyWebhookCreateRoute
