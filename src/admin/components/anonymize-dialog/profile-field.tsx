import { Button, Hint, Label } from "@medusajs/ui"
import { useId } from "react"
import { usePrivacyProfiles } from "../../hooks/use-privacy-profiles"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { toRequestError } from "../../lib/request-error"
import { PROFILE_CHOICES } from "../../lib/vocabulary"
import { ProfileSelect } from "../common/profile-select"

interface ProfileFieldProps {
  value?: string
  onChange: (profileId?: string) => void
}

/** The choice of a profile; not there while no profile exists. */
export const ProfileField = ({ value, onChange }: ProfileFieldProps) => {
  const { t } = usePrivacyTranslation()
  const id = useId()
  const { profiles, error, isFetching, refetch } = usePrivacyProfiles({
    limit: PROFILE_CHOICES,
  })

  if (error && toRequestError(error).kind !== "forbidden") {
    return (
      <div className="flex items-center justify-between gap-x-4" role="alert">
        <Hint variant="error">{t("dialog.profile.error")}</Hint>
        <Button
          size="small"
          variant="secondary"
          type="button"
          className="shrink-0"
          isLoading={isFetching}
          onClick={() => void refetch()}
        >
          {t("actions.retry")}
        </Button>
      </div>
    )
  }

  if (!profiles?.length) {
    return null
  }

  const description = profiles.find(
    (profile) => profile.id === value
  )?.description

  return (
    <div className="flex flex-col gap-y-2" data-testid="privacy-profile-field">
      <Label htmlFor={id} size="small" weight="plus">
        {t("dialog.profile.label")}
      </Label>
      <ProfileSelect
        id={id}
        profiles={profiles}
        value={value}
        onChange={onChange}
      />
      <Hint>{description || t("dialog.profile.hint")}</Hint>
    </div>
  )
}
