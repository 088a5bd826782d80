import { useQueryParams } from "@medusajs/dashboard/hooks"
import { usePrivacyPermissions } from "../../hooks/use-privacy-permissions"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { usePrivacyWebhooks } from "../../hooks/use-privacy-webhooks"
import { toPage } from "../../lib/table-query"
import { ListSection } from "../common/list-section"
import { toEditPath, useWebhookColumns } from "./use-webhook-columns"

export const WebhooksPage = () => {
  const { t } = usePrivacyTranslation()
  const canConfigure = usePrivacyPermissions().can("configure")
  const columns = useWebhookColumns(canConfigure)
  const { offset } = useQueryParams(["offset"])
  const { webhooks, count, ...query } = usePrivacyWebhooks(toPage(offset))

  return (
    <ListSection
      name="webhooks"
      testId="privacy-webhooks"
      query={query}
      data={webhooks}
      count={count}
      columns={columns}
      enableSearch={false}
      rowHref={canConfigure ? toEditPath : undefined}
      actions={
        canConfigure ? [{ label: t("actions.create"), to: "create" }] : undefined
      }
    />
  )
}
