import { Outlet } from "react-router-dom"
import { Breadcrumb } from "../../../../components/common/breadcrumb"
import { SettingsPage } from "../../../../components/common/settings-page"
import { WebhooksPage } from "../../../../components/webhooks/webhooks-page"

const PrivacyWebhooksRoute = () => (
  <SettingsPage>
    <WebhooksPage />
    <Outlet />
  </SettingsPage>
)

export const handle = {
  breadcrumb: () => <Breadcrumb text="settings.tabs.webhooks" />,
}

export default PrivacyWebhooksRoute
