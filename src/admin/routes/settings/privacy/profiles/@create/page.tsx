import { ProfileEditor } from "../../../../../components/profiles/profile-editor"

const PrivacyProfileCreateRoute = () => <ProfileEditor />

export default PrivacyProfileCreateRoute
