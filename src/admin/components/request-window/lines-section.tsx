import { ArrowDownTray } from "@medusajs/icons"
import { Button, Container, Heading, Select, Text } from "@medusajs/ui"
import { useState } from "react"
import { useUnmatchedDownload } from "../../hooks/use-bulk-request"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type RequestDraft, toPlanInput } from "../../lib/request-draft"
import { countSubjects, PLAN_COUNTS, toPlanCounts } from "../../lib/request-plan"
import { type RequestPreview } from "../../lib/request-contract"
import { ErrorState } from "../common/error-state"
import { Pager } from "../common/pager"
import { LinesTable } from "./lines-table"

const PAGE_SIZE = 20
const ALL = "all"

interface LinesSectionProps {
  preview: RequestPreview
  draft: RequestDraft
}

/** The lines that need a look, by result, in pages, and all of them as a file. */
export const LinesSection = ({ preview, draft }: LinesSectionProps) => {
  const { t } = usePrivacyTranslation()
  const { number } = useFormat()
  const [outcome, setOutcome] = useState<string>(ALL)
  const [page, setPage] = useState(0)

  const { lines, matched, total_lines } = preview
  const isCapped = total_lines - matched > lines.length
  const counts = toPlanCounts(preview)
  const found = lines.filter(
    (line) => outcome === ALL || line.outcome === outcome
  )

  if (!lines.length) {
    return countSubjects(preview) ? (
      <Text size="small" className="text-ui-fg-subtle">
        {t("requestWindow.review.lines.none")}
      </Text>
    ) : null
  }

  return (
    <section className="flex flex-col gap-y-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Heading level="h2">{t("requestWindow.review.lines.title")}</Heading>
        <div className="flex flex-wrap items-center gap-2">
          <div className="w-48">
            <Select
              size="small"
              value={outcome}
              onValueChange={(value) => {
                setOutcome(value)
                setPage(0)
              }}
            >
              <Select.Trigger
                aria-label={t("requestWindow.review.lines.filter")}
                data-testid="privacy-lines-filter"
              >
                <Select.Value />
              </Select.Trigger>
              <Select.Content>
                <Select.Item value={ALL}>{t("requestWindow.review.lines.all")}</Select.Item>
                {PLAN_COUNTS.filter((count) =>
                  lines.some((line) => line.outcome === count)
                ).map((count) => (
                  <Select.Item key={count} value={count}>
                    {`${t(`requestWindow.review.counts.${count}`)} (${number(counts[count])})`}
                  </Select.Item>
                ))}
              </Select.Content>
            </Select>
          </div>
          <DownloadButton draft={draft} />
        </div>
      </div>
      {isCapped && (
        <Text size="small" className="text-ui-fg-muted">
          {t("requestWindow.review.lines.capped", { shown: number(lines.length) })}
        </Text>
      )}
      <Container className="overflow-x-auto p-0" data-testid="privacy-lines">
        <LinesTable
          preview={preview}
          lines={found.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE)}
        />
        <Pager
          count={found.length}
          pageSize={PAGE_SIZE}
          page={page}
          onChange={setPage}
        />
      </Container>
    </section>
  )
}

const DownloadButton = ({ draft }: { draft: RequestDraft }) => {
  const { t } = usePrivacyTranslation()
  const { mutate, isPending, error } = useUnmatchedDownload()
  const download = () => mutate(toPlanInput(draft))

  return error ? (
    <div className="basis-full">
      <ErrorState
        title={t("requestWindow.review.downloadError")}
        error={error}
        isRetrying={isPending}
        onRetry={download}
      />
    </div>
  ) : (
    <Button
      size="small"
      variant="secondary"
      type="button"
      data-testid="privacy-download-lines"
      isLoading={isPending}
      onClick={download}
    >
      <ArrowDownTray />
      {t("actions.downloadUnmatched")}
    </Button>
  )
}
