import { useQueryClient } from "@tanstack/react-query"
import {
  customersQueryKeys,
  ordersQueryKeys,
  productsQueryKeys,
} from "@medusajs/dashboard/hooks"
import type { AdminCustomerResponse } from "@medusajs/types"
import { useCallback } from "react"
import { usePrivacyTranslation } from "./use-privacy-translation"

/** Clears what the browser still holds on an erased customer. */
export const useForgetCustomer = () => {
  const queryClient = useQueryClient()
  const { t } = usePrivacyTranslation()

  return useCallback(
    (customerId: string) => {
      // Reading the customer again would be answered with 404, and the page would give way to an error
      // page, together with the widget. So the copy on screen is blanked instead.
      queryClient.setQueryData<AdminCustomerResponse>(
        customersQueryKeys.detail(customerId),
        (data) =>
          data && {
            customer: {
              ...data.customer,
              email: t("widget.done.title"),
              first_name: null,
              last_name: null,
              company_name: null,
              phone: null,
              has_account: false,
              metadata: undefined,
              addresses: [],
            },
          }
      )
      // The tab is named after the customer until the next page.
      document.title = t("widget.done.title")
      // The dashboard's loader of the customer page keeps its copy under the products key.
      queryClient.removeQueries({
        queryKey: productsQueryKeys.detail(customerId),
      })
      void queryClient.invalidateQueries({ queryKey: customersQueryKeys.lists() })
      void queryClient.invalidateQueries({ queryKey: ordersQueryKeys.all })
      // The loyalty plugin's widget on the same page: its accounts are worth nothing now.
      void queryClient.invalidateQueries({ queryKey: ["store-credit-account"] })
    },
    [queryClient, t]
  )
}
