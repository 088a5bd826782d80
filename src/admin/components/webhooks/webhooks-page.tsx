import { DataTable } from "@medusajs/dashboard/components"
import { useQueryParams } from "@medusajs/dashboard/hooks"
import { Container } from "@medusajs/ui"
import { usePrivacyPermissions } from "../../hooks/use-privacy-permissions"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { usePrivacyWebhooks } from "../../hooks/use-privacy-webhooks"
import { LoadError } from "../common/load-error"
import { useWebhookColumns } from "./use-webhook-columns"

const PAGE_SIZE = 20

export const WebhooksPage = () => {
  const { t } = usePrivacyTranslation()
  const { can } = usePrivacyPermissions()
  const canConfigure = can("configure")
  const columns = useWebhookColumns()
  const { offset } = useQueryParams(["offset"])
  const { webhooks, count, error, isPending, isFetching, refetch } =
    usePrivacyWebhooks({ limit: PAGE_SIZE, offset: Number(offset) || 0 })

  if (error && !webhooks) {
    return (
      <LoadError
        error={error}
        isRetrying={isFetching}
        onRetry={() => void refetch()}
      />
    )
  }

  return (
    <Container className="p-0" data-testid="privacy-webhooks">
      <DataTable
        heading={t("webhooks.title")}
        headingLevel="h2"
        subHeading={t("webhooks.description")}
        data={webhooks}
        rowCount={count}
        pageSize={PAGE_SIZE}
        isLoading={isPending}
        enableSearch={false}
        columns={columns}
        getRowId={({ id }) => id}
        rowHref={
          canConfigure
            ? ({ id }) => `/settings/privacy/webhooks/edit/${id}`
            : undefined
        }
        actions={
          canConfigure
            ? [{ label: t("actions.create"), to: "create" }]
            : undefined
        }
        emptyState={{
          empty: {
            heading: t("webhooks.empty.title"),
            description: t("webhooks.empty.text"),
          },
        }}
      />
    </Container>
  )
}
