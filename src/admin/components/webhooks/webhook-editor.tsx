import { RouteFocusModal } from "@medusajs/dashboard/components"
import { Heading } from "@medusajs/ui"
import { type PropsWithChildren } from "react"
import { usePrivacyPermissions } from "../../hooks/use-privacy-permissions"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { usePrivacyWebhook } from "../../hooks/use-privacy-webhooks"
import { type PrivacyWebhook } from "../../lib/told-contract"
import { LoadError } from "../common/load-error"
import { NoPermission } from "../common/no-permission"
import { TableSkeleton } from "../common/table-skeleton"
import { WebhookForm } from "./webhook-form"

/** The form for a new webhook. */
export const WebhookCreator = () => (
  <RouteFocusModal>
    <ForConfigurers />
  </RouteFocusModal>
)

/** The form for a webhook that exists. */
export const WebhookEditor = ({ id }: { id: string }) => (
  <RouteFocusModal>
    <ExistingWebhook id={id} />
  </RouteFocusModal>
)

const ExistingWebhook = ({ id }: { id: string }) => {
  const { webhook, error, isFetching, refetch } = usePrivacyWebhook(id)

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

  return webhook ? (
    <ForConfigurers webhook={webhook} />
  ) : (
    <InsteadOfForm>
      <TableSkeleton />
    </InsteadOfForm>
  )
}

const ForConfigurers = ({ webhook }: { webhook?: PrivacyWebhook }) => {
  const { can, isPending } = usePrivacyPermissions()

  if (isPending) {
    return (
      <InsteadOfForm>
        <TableSkeleton />
      </InsteadOfForm>
    )
  }

  return can("configure") ? (
    <WebhookForm webhook={webhook} />
  ) : (
    <InsteadOfForm>
      <NoPermission needed="configure" />
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
          <RouteFocusModal.Title asChild>
            <Heading>{t("webhooks.title")}</Heading>
          </RouteFocusModal.Title>
          <RouteFocusModal.Description className="sr-only">
            {t("webhooks.description")}
          </RouteFocusModal.Description>
          {children}
        </div>
      </RouteFocusModal.Body>
    </>
  )
}
