import { usePrivacyPermissions } from "../../hooks/use-privacy-permissions"
import { usePrivacyRequest } from "../../hooks/use-privacy-requests"

export const RequestBreadcrumb = ({ id }: { id: string }) => {
  const { can } = usePrivacyPermissions()
  const { request } = usePrivacyRequest(id, can("view"))

  return <>{request?.reference ?? "…"}</>
}
