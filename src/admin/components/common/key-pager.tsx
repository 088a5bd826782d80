import { Button, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"

export interface KeyPaging {
  cursor?: string
  /** Where the next page begins; null on the last. */
  next?: string | null
  /** Rows in all, as the server takes them. */
  estimate?: number
  goNext: (next: string) => void
  goBack: () => void
}

/** Below a list that is paged by key: such a list knows its next page and its neighbours, not how many pages there are. */
export const KeyPager = ({ cursor, next, estimate, goNext, goBack }: KeyPaging) => {
  const { t } = usePrivacyTranslation()
  // The dashboard's own words for the same thing.
  const { t: general } = useTranslation()
  const { number } = useFormat()

  if (!cursor && !next) {
    return null
  }

  return (
    <div
      className="text-ui-fg-subtle flex items-center justify-between border-t px-6 py-4"
      data-testid="privacy-key-pager"
    >
      <Text size="small" leading="compact">
        {estimate ? t("paging.about", { total: number(estimate) }) : ""}
      </Text>
      <div className="flex items-center gap-x-2">
        <Button
          size="small"
          variant="transparent"
          type="button"
          data-testid="privacy-page-back"
          disabled={!cursor}
          onClick={goBack}
        >
          {general("general.prev")}
        </Button>
        <Button
          size="small"
          variant="transparent"
          type="button"
          data-testid="privacy-page-next"
          disabled={!next}
          onClick={() => next && goNext(next)}
        >
          {general("general.next")}
        </Button>
      </div>
    </div>
  )
}
