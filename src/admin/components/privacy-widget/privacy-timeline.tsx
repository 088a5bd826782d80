import { Text } from "@medusajs/ui"
import { useState } from "react"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type TimelineEntry } from "../../lib/contract"
import { ExpandButton } from "../common/expand-button"
import { ActorName } from "./actor-name"

const SHORT_LENGTH = 3

interface PrivacyTimelineProps {
  timeline: TimelineEntry[]
  title?: string
}

/** Who did what, newest first. */
export const PrivacyTimeline = ({ timeline, title }: PrivacyTimelineProps) => {
  const { t } = usePrivacyTranslation()
  const [isExpanded, setIsExpanded] = useState(false)

  const entries = [...timeline].sort(
    (a, b) => Date.parse(b.at) - Date.parse(a.at)
  )
  const shown = isExpanded ? entries : entries.slice(0, SHORT_LENGTH)

  return (
    <div className="flex flex-col gap-y-3 px-6 py-4">
      <Text size="small" leading="compact" weight="plus">
        {title ?? t("widget.timeline.title")}
      </Text>
      {entries.length ? (
        <ol data-testid="privacy-timeline">
          {shown.map((entry, index) => (
            <TimelineItem
              key={entry.id}
              entry={entry}
              isLast={index === shown.length - 1}
            />
          ))}
        </ol>
      ) : (
        <Text size="small" className="text-ui-fg-muted">
          {t("widget.timeline.empty")}
        </Text>
      )}
      {entries.length > SHORT_LENGTH && (
        <ExpandButton
          isExpanded={isExpanded}
          count={entries.length}
          onChange={setIsExpanded}
        />
      )}
    </div>
  )
}

interface TimelineItemProps {
  entry: TimelineEntry
  isLast: boolean
}

const TimelineItem = ({ entry, isLast }: TimelineItemProps) => {
  const { tCode } = usePrivacyTranslation()
  const { dateTime } = useFormat()
  // A message that only repeats the action says nothing more.
  const hasMore = entry.message && entry.message !== entry.action

  return (
    <li className="grid grid-cols-[20px_1fr] items-start gap-x-2">
      <div aria-hidden className="flex size-full flex-col items-center gap-y-0.5">
        <div className="flex size-5 items-center justify-center">
          <div className="bg-ui-bg-base shadow-borders-base flex size-2.5 items-center justify-center rounded-full">
            <div className="bg-ui-tag-neutral-icon size-1.5 rounded-full" />
          </div>
        </div>
        {!isLast && <div className="bg-ui-border-base w-px flex-1" />}
      </div>
      <div className={isLast ? "min-w-0" : "min-w-0 pb-3"}>
        <Text size="small" weight="plus">
          {tCode("timelineActions", entry.action)}
        </Text>
        {hasMore && (
          <Text size="small" className="text-ui-fg-subtle text-pretty break-words">
            {entry.message}
          </Text>
        )}
        <Text size="xsmall" className="text-ui-fg-muted break-words">
          <time dateTime={entry.at}>{dateTime(entry.at)}</time>
          {" · "}
          <ActorName actor={entry.actor} />
        </Text>
      </div>
    </li>
  )
}
