import { Outlet } from "react-router-dom"
import { Breadcrumb } from "../../../../components/common/breadcrumb"
import { SettingsPage } from "../../../../components/common/settings-page"
import { DeliveriesPage } from "../../../../components/deliveries/deliveries-page"

const PrivacyDeliveriesRoute = () => (
  <SettingsPage>
    <DeliveriesPage />
    <Outlet />
  </SettingsPage>
)

export const handle = {
  breadcrumb: () => <Breadcrumb text="settings.tabs.deliveries" />,
}

export default PrivacyDeliveriesRoute
