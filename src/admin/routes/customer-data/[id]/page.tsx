import { type UIMatch, useParams } from "react-router-dom"
import { PermissionGate } from "../../../components/common/permission-gate"
import { RequestBreadcrumb } from "../../../components/request-page/request-breadcrumb"
import { RequestPage } from "../../../components/request-page/request-page"

const PrivacyRequestRoute = () => {
  const { id } = useParams()

  return (
    <PermissionGate anyOf={["view"]} reason="requests">
      {id && <RequestPage key={id} id={id} />}
    </PermissionGate>
  )
}

export const handle = {
  breadcrumb: ({ params }: UIMatch) =>
    params.id ? <RequestBreadcrumb id={params.id} /> : null,
}

export default PrivacyRequestRoute
