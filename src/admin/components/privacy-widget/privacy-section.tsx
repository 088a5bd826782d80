import { Container, Heading, StatusBadge, Text } from "@medusajs/ui"
import { type ReactNode, useState } from "react"
import { useCustomerPrivacy } from "../../hooks/use-customer-privacy"
import { useErasureOutcome } from "../../hooks/use-erasure-outcome"
import { useExportOutcome } from "../../hooks/use-export-outcome"
import { usePrivacyPermissions } from "../../hooks/use-privacy-permissions"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type CustomerPrivacy } from "../../lib/contract"
import { type CustomerView, toCustomerView } from "../../lib/customer-view"
import { toRequestError } from "../../lib/request-error"
import { AnonymizeDialog } from "../anonymize-dialog/anonymize-dialog"
import { ErrorState } from "../common/error-state"
import { DonePanel } from "./done-panel"
import { FailedPanel } from "./failed-panel"
import { HeldPanel } from "./held-panel"
import { PrivacyActions } from "./privacy-actions"
import { PrivacySectionSkeleton } from "./privacy-section-skeleton"
import { PrivacySummary } from "./privacy-summary"
import { PrivacyTimeline } from "./privacy-timeline"
import { ProtectedPanel } from "./protected-panel"
import { RunningPanel } from "./running-panel"
import { WaitingPanel } from "./waiting-panel"

interface PrivacySectionProps {
  customerId: string
  email: string | null
}

const badgeColors: Record<
  CustomerView,
  "grey" | "blue" | "orange" | "red" | "green"
> = {
  ready: "grey",
  running: "blue",
  waiting: "blue",
  held: "orange",
  failed: "red",
  done: "green",
  protected: "grey",
}

export const PrivacySection = ({ customerId, email }: PrivacySectionProps) => {
  const { t } = usePrivacyTranslation()
  const permissions = usePrivacyPermissions()
  const canView = permissions.can("view")
  const { privacy, error, isPending, isFetching, refetch } = useCustomerPrivacy(
    customerId,
    canView
  )

  useErasureOutcome(privacy)
  useExportOutcome(privacy)

  // Until the answer is there, and for whoever may not look, nothing shows that there is anything.
  if (permissions.isPending) {
    return null
  }

  if (permissions.error) {
    return isDenied(permissions.error) ? null : (
      <SectionFrame state="error">
        <ErrorState
          title={t("widget.error.title")}
          error={permissions.error}
          isRetrying={permissions.isFetching}
          onRetry={() => void permissions.refetch()}
        />
      </SectionFrame>
    )
  }

  if (!canView || isDenied(error)) {
    return null
  }

  if (privacy) {
    return (
      <LoadedSection
        privacy={privacy}
        email={email}
        isConnectionLost={Boolean(error)}
      />
    )
  }

  if (isPending) {
    return <PrivacySectionSkeleton />
  }

  return (
    <SectionFrame state="error">
      <ErrorState
        title={t("widget.error.title")}
        error={error}
        isRetrying={isFetching}
        onRetry={() => void refetch()}
      />
    </SectionFrame>
  )
}

const isDenied = (error: unknown) =>
  Boolean(error) && toRequestError(error).kind === "forbidden"

interface LoadedSectionProps {
  privacy: CustomerPrivacy
  email: string | null
  isConnectionLost: boolean
}

const LoadedSection = ({
  privacy,
  email,
  isConnectionLost,
}: LoadedSectionProps) => {
  const { t } = usePrivacyTranslation()
  const [isDialogOpen, setIsDialogOpen] = useState(false)
  const view = toCustomerView(privacy)

  const panels: Record<CustomerView, ReactNode> = {
    ready: <PrivacySummary privacy={privacy} />,
    running: <RunningPanel privacy={privacy} />,
    waiting: <WaitingPanel privacy={privacy} />,
    held: <HeldPanel privacy={privacy} />,
    failed: <FailedPanel privacy={privacy} />,
    done: <DonePanel privacy={privacy} />,
    protected: <ProtectedPanel />,
  }

  return (
    <SectionFrame
      state={view}
      badge={
        <StatusBadge color={badgeColors[view]}>
          {t(`widget.status.${view}`)}
        </StatusBadge>
      }
    >
      {panels[view]}
      {isConnectionLost && (
        <div role="status" className="px-6 py-4">
          <Text size="small" className="text-ui-fg-muted">
            {t("widget.connectionLost")}
          </Text>
        </div>
      )}
      <PrivacyActions
        privacy={privacy}
        view={view}
        email={email}
        onAnonymize={() => setIsDialogOpen(true)}
      />
      {view !== "protected" && <PrivacyTimeline timeline={privacy.timeline} />}
      {/* Here and not beside its button: an answer of 409 changes the view, and must still be read. */}
      <AnonymizeDialog
        privacy={privacy}
        email={email}
        open={isDialogOpen}
        onOpenChange={setIsDialogOpen}
      />
    </SectionFrame>
  )
}

interface SectionFrameProps {
  state: CustomerView | "error"
  badge?: ReactNode
  children: ReactNode
}

const SectionFrame = ({ state, badge, children }: SectionFrameProps) => {
  const { t } = usePrivacyTranslation()

  return (
    <Container
      className="divide-y p-0"
      data-testid="privacy-widget"
      data-state={state}
    >
      <div className="flex items-center justify-between px-6 py-4">
        <Heading level="h2">{t("widget.title")}</Heading>
        {badge}
      </div>
      {children}
    </Container>
  )
}
