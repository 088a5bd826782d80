import { PencilSquare, Trash } from "@medusajs/icons"
import { ActionMenu } from "@medusajs/dashboard/components"
import { toast, usePrompt } from "@medusajs/ui"
import { useDeletePrivacyProfile } from "../../hooks/use-privacy-profiles"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type PrivacyProfile } from "../../lib/contract"
import { toRequestError } from "../../lib/request-error"

export const ProfileActions = ({ profile }: { profile: PrivacyProfile }) => {
  const { t } = usePrivacyTranslation()
  const prompt = usePrompt()
  const { mutate } = useDeletePrivacyProfile(profile.id)
  const { id, name } = profile

  const handleDelete = async () => {
    const isConfirmed = await prompt({
      title: t("profiles.delete.title"),
      description: t("profiles.delete.text", { name }),
      confirmText: t("actions.deleteProfile"),
      cancelText: t("actions.cancel"),
      variant: "danger",
    })

    if (!isConfirmed) {
      return
    }

    mutate(undefined, {
      onSuccess: () => {
        toast.success(t("profiles.toast.deleted", { name }))
      },
      onError: (error) => {
        const { kind, detail } = toRequestError(error)

        toast.error(t("profiles.delete.error"), {
          description: detail ?? t(`error.${kind}`),
        })
      },
    })
  }

  return (
    <ActionMenu
      groups={[
        {
          actions: [
            {
              icon: <PencilSquare />,
              label: t("actions.edit"),
              to: `/settings/privacy/profiles/edit/${id}`,
            },
          ],
        },
        {
          actions: [
            {
              icon: <Trash />,
              label: t("actions.deleteProfile"),
              onClick: () => void handleDelete(),
            },
          ],
        },
      ]}
    />
  )
}
