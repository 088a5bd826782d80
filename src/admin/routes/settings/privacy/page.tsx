import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Breadcrumb } from "../../../components/common/breadcrumb"
import { SettingsPage } from "../../../components/common/settings-page"
import { DataMapPage } from "../../../components/data-map/data-map-page"

const PrivacySettingsRoute = () => (
  <SettingsPage>
    <DataMapPage />
  </SettingsPage>
)

export const config = defineRouteConfig({
  label: "domain",
  translationNs: "medusa-plugin-privacy",
})

export const handle = {
  breadcrumb: () => <Breadcrumb text="domain" />,
}

export default PrivacySettingsRoute
