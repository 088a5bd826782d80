import { useQuery } from "@tanstack/react-query"
import { sdk } from "../lib/client"
import { type PrivacyPermission, type PrivacyPermissionsResponse } from "../lib/contract"
import { privacyQueryKeys } from "../lib/query-keys"

/** What the logged-in officer may do. The server checks again on every call. */
export const usePrivacyPermissions = () => {
  const { data, ...query } = useQuery({
    queryKey: privacyQueryKeys.permissions(),
    queryFn: () =>
      sdk.client.fetch<PrivacyPermissionsResponse>(
        "/admin/privacy-permissions/me"
      ),
  })

  return {
    ...query,
    defaultMethod: data?.default_method ?? ("anonymize" as const),
    identifierTypes: data?.identifier_types ?? [],
    dueReminderDays: data?.due_reminder_days ?? 0,
    canSchedule: data?.scheduling ?? false,
    hasAccessRequests: data?.access_requests ?? false,
    can: (permission: PrivacyPermission) =>
      data?.permissions.includes(permission) ?? false,
  }
}
