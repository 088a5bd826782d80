import { Select } from "@medusajs/ui"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type PrivacyProfile } from "../../lib/contract"

// A select cannot hold an empty value.
const NONE = "none"

interface ProfileSelectProps {
  id?: string
  label?: string
  profiles: PrivacyProfile[]
  value?: string
  onChange: (profileId?: string) => void
  size?: "base" | "small"
}

/** A profile, or the standard rules. */
export const ProfileSelect = ({
  id,
  label,
  profiles,
  value,
  onChange,
  size,
}: ProfileSelectProps) => {
  const { t } = usePrivacyTranslation()

  return (
    <Select
      size={size}
      value={value ?? NONE}
      onValueChange={(next) => onChange(next === NONE ? undefined : next)}
    >
      <Select.Trigger id={id} aria-label={label}>
        <Select.Value />
      </Select.Trigger>
      <Select.Content>
        <Select.Item value={NONE}>{t("dialog.profile.none")}</Select.Item>
        {profiles.map((profile) => (
          <Select.Item key={profile.id} value={profile.id}>
            {profile.name}
          </Select.Item>
        ))}
      </Select.Content>
    </Select>
  )
}
