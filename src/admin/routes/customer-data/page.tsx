import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Outlet } from "react-router-dom"
import { Breadcrumb } from "../../components/common/breadcrumb"
import { PermissionGate } from "../../components/common/permission-gate"
import { RequestsTable } from "../../components/customer-data/requests-table"

const CustomerDataRoute = () => (
  <>
    <PermissionGate anyOf={["view"]} reason="requests">
      <RequestsTable />
    </PermissionGate>
    <Outlet />
  </>
)

export const config = defineRouteConfig({
  label: "customerData.navigation",
  nested: "/customers",
  translationNs: "medusa-plugin-privacy",
})

export const handle = {
  breadcrumb: () => <Breadcrumb text="customerData.title" />,
}

export default CustomerDataRoute
