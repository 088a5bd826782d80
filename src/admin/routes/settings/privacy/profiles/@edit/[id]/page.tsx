import { useParams } from "react-router-dom"
import { ProfileEditor } from "../../../../../../components/profiles/profile-editor"

const PrivacyProfileEditRoute = () => {
  const { id } = useParams()

  return id ? <ProfileEditor key={id} id={id} /> : null
}

export default PrivacyProfileEditRoute
