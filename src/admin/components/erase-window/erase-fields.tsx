import { FieldBreakdown } from "../anonymize-dialog/field-breakdown"
import { MethodField } from "../anonymize-dialog/method-field"
import { ProfileField } from "../anonymize-dialog/profile-field"
import { ValueField } from "../anonymize-dialog/value-field"
import { type RequestWizardState } from "../request-window/use-request-wizard"

/** How the data is removed. */
export const EraseFields = ({ wizard }: { wizard: RequestWizardState }) => {
  const { draft, change } = wizard

  return (
    <>
      <MethodField
        value={draft.method}
        onChange={(method) => change({ method })}
      />
      <ProfileField
        value={draft.profileId}
        onChange={(profileId) => change({ profileId })}
      />
      <ValueField value={draft.value} onChange={(value) => change({ value })} />
      <FieldBreakdown method={draft.method} profileId={draft.profileId} />
    </>
  )
}
