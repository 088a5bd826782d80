import { useRouteModal } from "@medusajs/dashboard/components"
import { Input, Textarea, toast } from "@medusajs/ui"
import { useState } from "react"
import { useSavePrivacyProfile } from "../../hooks/use-privacy-profiles"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type DataMap, type PrivacyProfile } from "../../lib/contract"
import {
  type DraftProblems,
  findProblems,
  type ProfileDraft,
  toProfileBody,
  toProfileDraft,
} from "../../lib/profile-draft"
import { Field } from "../common/field"
import { FormWindow } from "../common/form-window"
import { OverridesField } from "./overrides-field"

interface ProfileFormProps {
  profile?: PrivacyProfile
  dataMap: DataMap
}

export const ProfileForm = ({ profile, dataMap }: ProfileFormProps) => {
  const { t } = usePrivacyTranslation()
  const { handleSuccess } = useRouteModal()
  const { mutate, isPending, error } = useSavePrivacyProfile(profile?.id)

  const [draft, setDraft] = useState(() => toProfileDraft(profile))
  const [problems, setProblems] = useState<DraftProblems>()

  const change = (part: Partial<ProfileDraft>) => {
    const next = { ...draft, ...part }

    setDraft(next)

    // Only once something was refused does the form follow every stroke.
    if (problems) {
      setProblems(findProblems(next))
    }
  }

  const handleSubmit = () => {
    const found = findProblems(draft)

    setProblems(found)

    if (!found) {
      mutate(toProfileBody(draft, dataMap.strategies), {
        onSuccess: ({ privacy_profile: { name, version } }) => {
          toast.success(
            t(profile ? "profiles.toast.updated" : "profiles.toast.created", {
              name,
              version,
            })
          )
          handleSuccess()
        },
      })
    }
  }

  return (
    <FormWindow
      title={t(profile ? "profiles.edit.title" : "profiles.create.title")}
      description={
        profile
          ? t("profiles.edit.description", { next: profile.version + 1 })
          : t("profiles.create.description")
      }
      error={error}
      errorTitle={t("profiles.saveError")}
      isSaving={isPending}
      onSubmit={handleSubmit}
    >
      <Field
        label={t("profiles.fields.name")}
        problem={problems?.name && t(`profiles.problems.${problems.name}`)}
      >
        {(control) => (
          <Input
            {...control}
            data-testid="privacy-profile-name"
            autoFocus
            autoComplete="off"
            placeholder={t("profiles.fields.namePlaceholder")}
            value={draft.name}
            onChange={({ target }) => change({ name: target.value })}
          />
        )}
      </Field>
      <Field label={t("profiles.fields.descriptionOptional")}>
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            placeholder={t("profiles.fields.descriptionPlaceholder")}
            value={draft.description}
            onChange={({ target }) => change({ description: target.value })}
          />
        )}
      </Field>
      <OverridesField
        dataMap={dataMap}
        value={draft.overrides}
        problems={problems}
        onChange={(overrides) => change({ overrides })}
      />
    </FormWindow>
  )
}
