import { RouteFocusModal } from "@medusajs/dashboard/components"
import { type ReactNode } from "react"
import { usePrivacyPermissions } from "../../hooks/use-privacy-permissions"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type QueryState } from "../../lib/query-state"
import { LoadError } from "./load-error"
import { NoPermission } from "./no-permission"
import { TableSkeleton } from "./table-skeleton"
import { WindowBody } from "./window-body"

interface EditorWindowProps {
  /** What is edited: its texts stand where there is no form yet. */
  subject: "profiles" | "webhooks"
  /** All that the form needs. */
  queries: QueryState[]
  /** The form, once it is all there and the officer may use it. */
  children: () => ReactNode
}

/** A window over a list, for whoever may configure: the form, or why there is none. */
export const EditorWindow = ({
  subject,
  queries,
  children,
}: EditorWindowProps) => {
  const { t } = usePrivacyTranslation()
  const instead = useObstacle(queries)

  return (
    <RouteFocusModal>
      {instead ? (
        <WindowBody
          title={t(`${subject}.title`)}
          description={t(`${subject}.description`)}
        >
          {instead}
        </WindowBody>
      ) : (
        children()
      )}
    </RouteFocusModal>
  )
}

const useObstacle = (queries: QueryState[]) => {
  const { can, isPending } = usePrivacyPermissions()
  const failed = queries.filter(({ error }) => error)

  if (!isPending && !can("configure")) {
    return <NoPermission needed="configure" />
  }

  if (failed.length) {
    return (
      <LoadError
        error={failed[0].error}
        isRetrying={failed.some(({ isFetching }) => isFetching)}
        onRetry={() => failed.forEach(({ refetch }) => void refetch())}
      />
    )
  }

  return isPending || queries.some(({ isLoading }) => isLoading) ? (
    <TableSkeleton />
  ) : null
}
