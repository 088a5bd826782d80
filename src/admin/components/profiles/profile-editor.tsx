import { RouteFocusModal } from "@medusajs/dashboard/components"
import { Heading, Text } from "@medusajs/ui"
import { type PropsWithChildren } from "react"
import { useDataMap } from "../../hooks/use-data-map"
import { usePrivacyPermissions } from "../../hooks/use-privacy-permissions"
import { usePrivacyProfile } from "../../hooks/use-privacy-profiles"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type PrivacyProfile } from "../../lib/contract"
import { LoadError } from "../common/load-error"
import { NoPermission } from "../common/no-permission"
import { TableSkeleton } from "../common/table-skeleton"
import { ProfileForm } from "./profile-form"

/** The form for a new profile. */
export const ProfileCreator = () => (
  <RouteFocusModal>
    <ProfileFormLoader />
  </RouteFocusModal>
)

/** The form for a profile that exists. */
export const ProfileEditor = ({ id }: { id: string }) => (
  <RouteFocusModal>
    <ExistingProfile id={id} />
  </RouteFocusModal>
)

const ExistingProfile = ({ id }: { id: string }) => {
  const { profile, error, isFetching, refetch } = usePrivacyProfile(id)

  if (error) {
    return (
      <InsteadOfForm>
        <LoadError
          error={error}
          isRetrying={isFetching}
          onRetry={() => void refetch()}
        />
      </InsteadOfForm>
    )
  }

  return profile ? (
    <ProfileFormLoader profile={profile} />
  ) : (
    <InsteadOfForm>
      <TableSkeleton />
    </InsteadOfForm>
  )
}

const ProfileFormLoader = ({ profile }: { profile?: PrivacyProfile }) => {
  const { can, isPending } = usePrivacyPermissions()
  // Fields and strategies are the same for both methods.
  const { dataMap, error, isFetching, refetch } = useDataMap("anonymize")

  if (!isPending && !can("configure")) {
    return (
      <InsteadOfForm>
        <NoPermission needed="configure" />
      </InsteadOfForm>
    )
  }

  if (error) {
    return (
      <InsteadOfForm>
        <LoadError
          error={error}
          isRetrying={isFetching}
          onRetry={() => void refetch()}
        />
      </InsteadOfForm>
    )
  }

  return dataMap && !isPending ? (
    <ProfileForm profile={profile} dataMap={dataMap} />
  ) : (
    <InsteadOfForm>
      <TableSkeleton />
    </InsteadOfForm>
  )
}

/** The modal while there is no form: it needs a title and a way out all the same. */
const InsteadOfForm = ({ children }: PropsWithChildren) => {
  const { t } = usePrivacyTranslation()

  return (
    <>
      <RouteFocusModal.Header />
      <RouteFocusModal.Body className="flex flex-col items-center overflow-y-auto">
        <div className="flex w-full max-w-[720px] flex-col gap-y-8 px-4 py-10 sm:py-16">
          <div className="flex flex-col gap-y-1">
            <RouteFocusModal.Title asChild>
              <Heading>{t("settings.tabs.profiles")}</Heading>
            </RouteFocusModal.Title>
            <RouteFocusModal.Description asChild>
              <Text size="small" className="text-ui-fg-subtle text-pretty">
                {t("profiles.description")}
              </Text>
            </RouteFocusModal.Description>
          </div>
          {children}
        </div>
      </RouteFocusModal.Body>
    </>
  )
}
