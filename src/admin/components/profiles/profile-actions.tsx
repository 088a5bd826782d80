import { PencilSquare, Trash } from "@medusajs/icons"
import { toast, usePrompt } from "@medusajs/ui"
import { useErrorToast } from "../../hooks/use-error-toast"
import { useDeletePrivacyProfile } from "../../hooks/use-privacy-profiles"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type PrivacyProfile } from "../../lib/contract"
import { RowMenu } from "../common/row-menu"

export const ProfileActions = ({ profile }: { profile: PrivacyProfile }) => {
  const { t } = usePrivacyTranslation()
  const prompt = usePrompt()
  const showError = useErrorToast()
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
      onError: (error) => showError(t("profiles.delete.error"), error),
    })
  }

  return (
    <RowMenu
      label={t("profiles.menu", { name })}
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
              onClick: handleDelete,
            },
          ],
        },
      ]}
    />
  )
}
