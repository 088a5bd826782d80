import { CheckCircleSolid, ExclamationCircleSolid } from "@medusajs/icons"
import { Container, Copy, Heading, Text } from "@medusajs/ui"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type DataMapCoverage, type UnclassifiedColumn } from "../../lib/contract"

/** Whether the data map covers the whole database, and what to declare where it does not. */
export const CoverageSection = ({ coverage }: { coverage: DataMapCoverage }) => {
  const { t } = usePrivacyTranslation()
  const { number } = useFormat()
  const { tables, columns, personal, unclassified } = coverage
  const isComplete = unclassified.length === 0
  const Icon = isComplete ? CheckCircleSolid : ExclamationCircleSolid

  return (
    <Container className="divide-y p-0">
      <div
        className="flex items-start gap-x-2 px-6 py-4"
        data-testid="privacy-coverage"
      >
        <Icon
          aria-hidden
          className={
            isComplete
              ? "text-ui-tag-green-icon mt-0.5 shrink-0"
              : "text-ui-tag-orange-icon mt-0.5 shrink-0"
          }
        />
        <Text size="small" className="text-pretty">
          {t("dataMap.coverage", {
            tables: number(tables),
            columns: number(columns),
            personal: number(personal),
          })}{" "}
          {isComplete
            ? t("dataMap.complete")
            : t("dataMap.incomplete", { count: unclassified.length })}
        </Text>
      </div>
      {!isComplete && <Unclassified columns={unclassified} />}
    </Container>
  )
}

const Unclassified = ({ columns }: { columns: UnclassifiedColumn[] }) => {
  const { t } = usePrivacyTranslation()

  return (
    <section
      className="flex flex-col gap-y-4 px-6 py-4"
      data-testid="privacy-unclassified"
    >
      <div>
        <Heading level="h2">{t("dataMap.unclassified.title")}</Heading>
        <Text size="small" className="text-ui-fg-subtle text-pretty">
          {t("dataMap.unclassified.text")}
        </Text>
      </div>
      <ul className="flex flex-col gap-y-3">
        {columns.map(({ table, column, type, declaration }) => (
          <li key={`${table}.${column}`} className="flex flex-col gap-y-1.5">
            <Text size="small" leading="compact">
              <code>
                {table}.{column}
              </code>{" "}
              <span className="text-ui-fg-muted">{type}</span>
            </Text>
            <div className="bg-ui-bg-component shadow-borders-base flex items-start justify-between gap-x-3 rounded-lg px-3 py-2">
              <code className="txt-compact-small text-ui-fg-subtle whitespace-pre-wrap break-words">
                {declaration}
              </code>
              <Copy
                content={declaration}
                variant="mini"
                aria-label={t("actions.copy")}
                className="shrink-0"
              />
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
