import { useDataMap } from "../../hooks/use-data-map"
import { usePrivacyProfile } from "../../hooks/use-privacy-profiles"
import { EditorWindow } from "../common/editor-window"
import { ProfileForm } from "./profile-form"

/** The form for a profile: a new one without an id. */
export const ProfileEditor = ({ id }: { id?: string }) => {
  const { profile, ...query } = usePrivacyProfile(id)
  // Fields and strategies are the same for both methods.
  const { dataMap, ...mapQuery } = useDataMap("anonymize")

  return (
    <EditorWindow subject="profiles" queries={[query, mapQuery]}>
      {() => dataMap && <ProfileForm profile={profile} dataMap={dataMap} />}
    </EditorWindow>
  )
}
