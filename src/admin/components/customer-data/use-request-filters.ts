import {
  useDataTableDateFilters,
  useQueryParams,
} from "@medusajs/dashboard/hooks"
import { createDataTableFilterHelper } from "@medusajs/ui"
import { useMemo } from "react"
import { useMe, useOfficers } from "../../hooks/use-officers"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type BulkRequest } from "../../lib/request-contract"
import { toPage, toRange, toText } from "../../lib/table-query"
import { REQUEST_STATUSES } from "../../lib/vocabulary"

const filterHelper = createDataTableFilterHelper<BulkRequest>()

/** The filters the table offers. */
export const useRequestFilters = () => {
  const { t, tCode } = usePrivacyTranslation()
  const dateFilters = useDataTableDateFilters()
  const me = useMe()
  const officers = useOfficers()

  return useMemo(
    () => [
      filterHelper.accessor("type", {
        type: "radio",
        label: t("customerData.filters.type"),
        options: ["erasure", "access"].map((type) => ({
          value: type,
          label: tCode("requestTypes", type),
        })),
      }),
      filterHelper.accessor("status", {
        type: "radio",
        label: t("customerData.filters.status"),
        options: REQUEST_STATUSES.map((status) => ({
          value: status,
          label: tCode("requestStatuses", status),
        })),
      }),
      ...(me
        ? [
            filterHelper.accessor("requested_by", {
              type: "radio",
              label: t("customerData.filters.requestedBy"),
              options: [
                { value: me.id, label: t("customerData.filters.me") },
                ...(officers ?? [])
                  .filter(({ id }) => id !== me.id)
                  .map(({ id, email }) => ({ value: id, label: email })),
              ],
            }),
          ]
        : []),
      ...dateFilters.filter(({ id }) => id === "created_at"),
    ],
    [dateFilters, me, officers, t, tCode]
  )
}

/** What the address of the page asks for, as the API takes it. */
export const useRequestQuery = () => {
  const { q, offset, order, type, status, requested_by, created_at } =
    useQueryParams([
      "q",
      "offset",
      "order",
      "type",
      "status",
      "requested_by",
      "created_at",
    ])

  return {
    ...toPage(offset),
    order: order ?? "-created_at",
    q: q?.trim() || undefined,
    type: toText(type),
    status: toText(status),
    requested_by: toText(requested_by),
    created_at: toRange(created_at),
  }
}
