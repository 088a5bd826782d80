import { RouteDrawer } from "@medusajs/dashboard/components"
import { Alert, Button, Heading, Text } from "@medusajs/ui"
import { type PropsWithChildren } from "react"
import { Link } from "react-router-dom"
import { useDeliveryActions } from "../../hooks/use-delivery-actions"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyDelivery } from "../../hooks/use-privacy-deliveries"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import {
  type DeliveryAttempt,
  type PrivacyDelivery,
} from "../../lib/told-contract"
import { FactList } from "../common/fact-list"
import { LabeledBlock } from "../common/labeled-block"
import { LoadError } from "../common/load-error"
import { TableSkeleton } from "../common/table-skeleton"
import { AttemptList } from "./attempt-list"
import { DeliveryDestination } from "./delivery-destination"
import { DeliveryStatus } from "./delivery-status"
import { ResultList } from "./result-list"

/** One delivery: what came of it, and each try. */
export const DeliveryDrawer = ({ id }: { id: string }) => {
  const { delivery, error, isFetching, refetch } = usePrivacyDelivery(id)

  return (
    <RouteDrawer>
      <DrawerTitle />
      {delivery ? (
        <DeliveryDetails delivery={delivery} />
      ) : (
        <RouteDrawer.Body>
          {error ? (
            <LoadError
              error={error}
              isRetrying={isFetching}
              onRetry={() => void refetch()}
            />
          ) : (
            <TableSkeleton />
          )}
        </RouteDrawer.Body>
      )}
    </RouteDrawer>
  )
}

const DrawerTitle = () => {
  const { t } = usePrivacyTranslation()

  return (
    <RouteDrawer.Header>
      <RouteDrawer.Title asChild>
        <Heading>{t("deliveries.facts.id")}</Heading>
      </RouteDrawer.Title>
      <RouteDrawer.Description className="sr-only">
        {t("deliveries.description")}
      </RouteDrawer.Description>
    </RouteDrawer.Header>
  )
}

const DeliveryDetails = ({
  delivery,
}: {
  delivery: PrivacyDelivery & { log: DeliveryAttempt[] }
}) => {
  const { t } = usePrivacyTranslation()
  const { items, isPending } = useDeliveryActions(delivery)

  return (
    <>
      <RouteDrawer.Body
        className="flex flex-col gap-y-6 overflow-y-auto"
        data-testid="privacy-delivery"
      >
        <DeliveryFacts delivery={delivery} />
        {delivery.error && (
          <Alert variant="error">
            <span className="txt-small-plus block">
              {t("deliveries.error")}
            </span>
            <span className="txt-small text-ui-fg-subtle block break-words">
              {delivery.error}
            </span>
          </Alert>
        )}
        {delivery.result && <ResultList result={delivery.result} />}
        <LabeledBlock label={t("deliveries.log")}>
          <AttemptList log={delivery.log} />
        </LabeledBlock>
      </RouteDrawer.Body>
      {items.length > 0 && (
        <RouteDrawer.Footer>
          <Buttons>
            {items.map(({ action, label, run }, index) => (
              <Button
                key={action}
                size="small"
                variant={index === 0 ? "primary" : "secondary"}
                disabled={isPending}
                data-testid={`privacy-delivery-${action}`}
                onClick={() => void run()}
              >
                {label}
              </Button>
            ))}
          </Buttons>
        </RouteDrawer.Footer>
      )}
    </>
  )
}

const Buttons = ({ children }: PropsWithChildren) => (
  <div className="flex flex-row-reverse flex-wrap gap-2">{children}</div>
)

const DeliveryFacts = ({ delivery }: { delivery: PrivacyDelivery }) => {
  const { t, tCode } = usePrivacyTranslation()
  const { dateTime, number } = useFormat()
  const time = (id: string, label: string, value: string | null) =>
    value ? [{ id, label, value: dateTime(value) }] : []

  return (
    <div className="flex flex-col gap-y-3">
      <div className="flex items-center justify-between gap-x-3">
        <Text size="small" leading="compact" weight="plus" className="min-w-0">
          <DeliveryDestination delivery={delivery} />
        </Text>
        <DeliveryStatus delivery={delivery} />
      </div>
      <FactList
        facts={[
          {
            id: "event",
            label: t("deliveries.facts.event"),
            value: tCode("webhookEvents", delivery.event, delivery.event),
          },
          {
            id: "request",
            label: t("deliveries.facts.request"),
            value: delivery.reference ? (
              <Link
                to={`/customer-data/${delivery.request_id}`}
                className="text-ui-fg-interactive hover:text-ui-fg-interactive-hover"
              >
                {delivery.reference}
              </Link>
            ) : (
              t("deliveries.none")
            ),
          },
          {
            id: "id",
            label: t("deliveries.facts.id"),
            value: <code className="txt-compact-small">{delivery.id}</code>,
          },
          {
            id: "attempts",
            label: t("deliveries.facts.attempts"),
            value: number(delivery.attempts),
          },
          ...time("created", t("deliveries.facts.createdAt"), delivery.created_at),
          ...time("delivered", t("deliveries.facts.delivered"), delivery.delivered_at),
          ...time("acknowledged", t("deliveries.facts.acknowledged"), delivery.acknowledged_at),
          ...time("deadline", t("deliveries.facts.deadline"), delivery.deadline_at),
          ...time("next", t("deliveries.facts.next"), delivery.next_attempt_at),
        ]}
      />
    </div>
  )
}
