import { Outlet } from "react-router-dom"
import { Breadcrumb } from "../../../../components/common/breadcrumb"
import { SettingsPage } from "../../../../components/common/settings-page"
import { ProfilesPage } from "../../../../components/profiles/profiles-page"

const PrivacyProfilesRoute = () => (
  <SettingsPage>
    <ProfilesPage />
    <Outlet />
  </SettingsPage>
)

export const handle = {
  breadcrumb: () => <Breadcrumb text="settings.tabs.profiles" />,
}

export default PrivacyProfilesRoute
