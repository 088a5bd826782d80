import { Container, Heading } from "@medusajs/ui"
import { type ReactNode } from "react"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyProfiles } from "../../hooks/use-privacy-profiles"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type MessageKey } from "../../i18n/messages"
import { type BulkRequest } from "../../lib/request-contract"
import { PROFILE_CHOICES } from "../../lib/vocabulary"
import { FactList } from "../common/fact-list"
import { DueDate } from "../customer-data/due-date"
import { ActorName } from "../privacy-widget/actor-name"
import { RequestReference } from "../privacy-widget/request-reference"

export const RequestFacts = ({ request }: { request: BulkRequest }) => {
  const { t, tCode } = usePrivacyTranslation()
  const { dateTime } = useFormat()
  const { profiles } = usePrivacyProfiles({ limit: PROFILE_CHOICES })
  const { method, profile_id, profile_version, scheduled_for, reason } = request
  const { format, extended_at, extension_reason } = request

  const profile = profile_id
    ? t("request.facts.profileVersion", {
        name: profiles?.find(({ id }) => id === profile_id)?.name ?? profile_id,
        version: profile_version ?? "–",
      })
    : t("dialog.profile.none")

  const facts: [MessageKey, ReactNode][] = [
    [
      "request.facts.reference",
      <RequestReference key="reference" reference={request.reference} />,
    ],
    ["request.facts.type", tCode("requestTypes", request.type)],
    ...(request.type === "erasure"
      ? ([
          [
            "request.facts.method",
            method ? t(`methods.${method}.label`) : t("request.facts.none"),
          ],
          ["request.facts.profile", profile],
        ] as [MessageKey, ReactNode][])
      : ([
          [
            "request.facts.format",
            format ? t(`formats.${format}.label`) : t("request.facts.none"),
          ],
        ] as [MessageKey, ReactNode][])),
    [
      "request.facts.requester",
      <ActorName
        key="requester"
        actor={request.requester ?? request.requested_by}
      />,
    ],
    ["request.facts.origin", tCode("origins", request.origin)],
    ["request.facts.created", dateTime(request.created_at)],
    ...(scheduled_for
      ? [
          ["request.facts.scheduledFor", dateTime(scheduled_for)] as [
            MessageKey,
            ReactNode,
          ],
        ]
      : []),
    [
      "request.facts.due",
      <span key="due" className="flex justify-end">
        <DueDate request={request} />
      </span>,
    ],
    ...(extended_at
      ? ([
          ["request.facts.extended", dateTime(extended_at)],
          ["request.facts.extensionReason", extension_reason],
        ] as [MessageKey, ReactNode][])
      : []),
    ["request.facts.reason", reason || t("request.facts.none")],
  ]

  return (
    <Container className="divide-y p-0">
      <div className="px-6 py-4">
        <Heading level="h2">{t("request.facts.title")}</Heading>
      </div>
      <div className="px-6 py-4" data-testid="privacy-request-facts">
        <FactList
          className="gap-y-3"
          facts={facts.map(([label, value]) => ({
            id: label,
            label: t(label),
            value,
          }))}
        />
      </div>
    </Container>
  )
}
