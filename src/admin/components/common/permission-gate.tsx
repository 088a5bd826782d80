import { type ReactNode } from "react"
import { usePrivacyPermissions } from "../../hooks/use-privacy-permissions"
import { type PrivacyPermission } from "../../lib/contract"
import { toRequestError } from "../../lib/request-error"
import { LoadError } from "./load-error"
import { NoPermission, type NoPermissionReason } from "./no-permission"
import { TableSkeleton } from "./table-skeleton"

interface PermissionGateProps {
  /** Any of these opens the gate. */
  anyOf: PrivacyPermission[]
  /** What whoever stays outside is told. */
  reason: NoPermissionReason
  children?: ReactNode
}

export const PermissionGate = ({
  anyOf,
  reason,
  children,
}: PermissionGateProps) => {
  const { can, error, isPending, isFetching, refetch } = usePrivacyPermissions()

  if (isPending) {
    return <TableSkeleton />
  }

  if (error && toRequestError(error).kind !== "forbidden") {
    return (
      <LoadError
        error={error}
        isRetrying={isFetching}
        onRetry={() => void refetch()}
      />
    )
  }

  return anyOf.some(can) ? <>{children}</> : <NoPermission needed={reason} />
}
