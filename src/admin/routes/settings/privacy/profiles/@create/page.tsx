import { ProfileCreator } from "../../../../../components/profiles/profile-editor"

const PrivacyProfileCreateRoute = () => <ProfileCreator />

export default PrivacyProfileCreateRoute
