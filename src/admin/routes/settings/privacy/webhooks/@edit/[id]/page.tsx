import { useParams } from "react-router-dom"
import { WebhookEditor } from "../../../../../../components/webhooks/webhook-editor"

const PrivacyWebhookEditRoute = () => {
  const { id } = useParams()

  return id ? <WebhookEditor key={id} id={id} /> : null
}

export default PrivacyWebhookEditRoute
