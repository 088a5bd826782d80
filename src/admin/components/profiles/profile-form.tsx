import {
  KeyboundForm,
  RouteFocusModal,
  useRouteModal,
} from "@medusajs/dashboard/components"
import {
  Alert,
  Button,
  Heading,
  Hint,
  Input,
  Label,
  Text,
  Textarea,
  toast,
} from "@medusajs/ui"
import { type FormEvent, useId, useState } from "react"
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
import { toRequestError } from "../../lib/request-error"
import { OverridesField } from "./overrides-field"

interface ProfileFormProps {
  profile?: PrivacyProfile
  dataMap: DataMap
}

export const ProfileForm = ({ profile, dataMap }: ProfileFormProps) => {
  const { t } = usePrivacyTranslation()
  const { handleSuccess } = useRouteModal()
  const { mutate, isPending, error } = useSavePrivacyProfile(profile?.id)
  const id = useId()

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

  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()

    const found = findProblems(draft)

    setProblems(found)

    if (found || isPending) {
      return
    }

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

  return (
    <KeyboundForm
      className="flex h-full flex-col overflow-hidden"
      onSubmit={handleSubmit}
    >
      <RouteFocusModal.Header />
      <RouteFocusModal.Body className="flex flex-col items-center overflow-y-auto">
        <div className="flex w-full max-w-[720px] flex-col gap-y-8 px-4 py-10 sm:py-16">
          <div className="flex flex-col gap-y-1">
            <RouteFocusModal.Title asChild>
              <Heading>
                {t(profile ? "profiles.edit.title" : "profiles.create.title")}
              </Heading>
            </RouteFocusModal.Title>
            <RouteFocusModal.Description asChild>
              <Text size="small" className="text-ui-fg-subtle text-pretty">
                {profile
                  ? t("profiles.edit.description", {
                      next: profile.version + 1,
                    })
                  : t("profiles.create.description")}
              </Text>
            </RouteFocusModal.Description>
          </div>
          {error && <SaveError error={error} />}
          <div className="flex flex-col gap-y-2">
            <Label htmlFor={`${id}-name`} size="small" weight="plus">
              {t("profiles.fields.name")}
            </Label>
            <Input
              id={`${id}-name`}
              data-testid="privacy-profile-name"
              autoFocus
              autoComplete="off"
              placeholder={t("profiles.fields.namePlaceholder")}
              value={draft.name}
              aria-invalid={Boolean(problems?.name)}
              aria-describedby={`${id}-name-hint`}
              onChange={({ target }) => change({ name: target.value })}
            />
            <div id={`${id}-name-hint`}>
              {problems?.name && (
                <Hint variant="error">
                  {t(`profiles.problems.${problems.name}`)}
                </Hint>
              )}
            </div>
          </div>
          <div className="flex flex-col gap-y-2">
            <Label htmlFor={`${id}-description`} size="small" weight="plus">
              {t("profiles.fields.descriptionOptional")}
            </Label>
            <Textarea
              id={`${id}-description`}
              rows={2}
              placeholder={t("profiles.fields.descriptionPlaceholder")}
              value={draft.description}
              onChange={({ target }) => change({ description: target.value })}
            />
          </div>
          <OverridesField
            dataMap={dataMap}
            value={draft.overrides}
            problems={problems}
            onChange={(overrides) => change({ overrides })}
          />
        </div>
      </RouteFocusModal.Body>
      <RouteFocusModal.Footer>
        <RouteFocusModal.Close asChild>
          <Button size="small" variant="secondary" type="button">
            {t("actions.cancel")}
          </Button>
        </RouteFocusModal.Close>
        <Button
          size="small"
          type="submit"
          data-testid="privacy-profile-save"
          isLoading={isPending}
        >
          {t("actions.save")}
        </Button>
      </RouteFocusModal.Footer>
    </KeyboundForm>
  )
}

const SaveError = ({ error }: { error: unknown }) => {
  const { t } = usePrivacyTranslation()
  const { kind, detail } = toRequestError(error)

  return (
    <Alert variant="error" role="alert">
      <span className="txt-small-plus block">{t("profiles.saveError")}</span>
      <span className="txt-small text-ui-fg-subtle block">
        {detail ?? t(`error.${kind}`)}
      </span>
    </Alert>
  )
}
