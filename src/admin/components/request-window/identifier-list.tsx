import { Button, Container, Text } from "@medusajs/ui"
import { useState } from "react"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { Pager } from "../common/pager"

const PAGE_SIZE = 10

interface IdentifierListProps {
  identifiers: string[]
  onChange: (identifiers: string[]) => void
}

/** What was added so far, the latest on top, numbered as the lines of the list. */
export const IdentifierList = ({ identifiers, onChange }: IdentifierListProps) => {
  const { t } = usePrivacyTranslation()
  const { number } = useFormat()
  const [wanted, setWanted] = useState(0)

  const count = identifiers.length
  const page = Math.min(wanted, Math.max(0, Math.ceil(count / PAGE_SIZE) - 1))
  const latest = count - page * PAGE_SIZE
  const positions = Array.from(
    { length: Math.min(PAGE_SIZE, latest) },
    (_, index) => latest - 1 - index
  )

  return (
    <Container
      className="divide-y overflow-hidden p-0"
      data-testid="privacy-identifier-list"
    >
      <div className="flex min-h-11 items-center justify-between gap-x-4 px-4 py-2">
        <Text size="small" leading="compact" weight="plus">
          {t("requestWindow.list.title")}
          {count > 0 && (
            <span className="text-ui-fg-muted font-normal">
              {` · ${t("requestWindow.list.count", { count, total: number(count) })}`}
            </span>
          )}
        </Text>
        {count > 1 && (
          <Button
            size="small"
            variant="transparent"
            type="button"
            className="text-ui-fg-subtle -mr-2"
            onClick={() => onChange([])}
          >
            {t("actions.clearList")}
          </Button>
        )}
      </div>
      {count ? (
        <ol reversed className="divide-y">
          {positions.map((position) => (
            <li
              key={identifiers[position]}
              className="flex items-center gap-x-3 px-4 py-1.5"
            >
              <span className="txt-compact-small text-ui-fg-muted min-w-6 text-right tabular-nums">
                {number(position + 1)}
              </span>
              <Text size="small" leading="compact" className="min-w-0 flex-1 break-all">
                {identifiers[position]}
              </Text>
              <Button
                size="small"
                variant="transparent"
                type="button"
                className="text-ui-fg-subtle -mr-2 shrink-0"
                aria-label={t("requestWindow.list.removeEntry", {
                  identifier: identifiers[position],
                })}
                onClick={() =>
                  onChange(identifiers.filter((_, index) => index !== position))
                }
              >
                {t("actions.remove")}
              </Button>
            </li>
          ))}
        </ol>
      ) : (
        <Text size="small" className="text-ui-fg-muted px-4 py-6 text-center">
          {t("requestWindow.list.empty")}
        </Text>
      )}
      <Pager
        count={count}
        pageSize={PAGE_SIZE}
        page={page}
        onChange={setWanted}
      />
    </Container>
  )
}
