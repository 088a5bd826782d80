import { Button, Copy, StatusBadge, Table, Text } from "@medusajs/ui"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type IndexStatus, type MissingIndex } from "../../lib/contract"

const colors: Record<IndexStatus, "grey" | "blue" | "red"> = {
  missing: "grey",
  building: "blue",
  failed: "red",
}

interface IndexesTableProps {
  indexes: MissingIndex[]
  /** Not there for whoever may only look. */
  onCreate?: (index: MissingIndex) => void
}

export const IndexesTable = ({ indexes, onCreate }: IndexesTableProps) => {
  const { t } = usePrivacyTranslation()

  return (
    <div className="overflow-x-auto">
      <Table>
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell>{t("dataMap.indexes.table")}</Table.HeaderCell>
            <Table.HeaderCell>{t("dataMap.indexes.expression")}</Table.HeaderCell>
            <Table.HeaderCell>{t("dataMap.indexes.kinds")}</Table.HeaderCell>
            <Table.HeaderCell className="text-right">
              {t("dataMap.indexes.rows")}
            </Table.HeaderCell>
            <Table.HeaderCell>
              {t("request.subjects.status")}
            </Table.HeaderCell>
            <Table.HeaderCell>
              <span className="sr-only">{t("request.subjects.actions")}</span>
            </Table.HeaderCell>
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {indexes.map((index) => (
            <IndexRow key={index.name} index={index} onCreate={onCreate} />
          ))}
        </Table.Body>
      </Table>
    </div>
  )
}

interface IndexRowProps extends Pick<IndexesTableProps, "onCreate"> {
  index: MissingIndex
}

const IndexRow = ({ index, onCreate }: IndexRowProps) => {
  const { t, tCode } = usePrivacyTranslation()
  const { number } = useFormat()
  const { name, table, expression, covers, kinds, rows, status } = index

  return (
    <Table.Row data-testid="privacy-index" data-index={name} data-status={status}>
      <Table.Cell className="py-3 align-top">
        <code className="txt-compact-small">{table}</code>
      </Table.Cell>
      <Table.Cell className="min-w-60 max-w-72 whitespace-normal py-3 align-top">
        <div className="flex items-start gap-x-1.5">
          <code
            className="txt-compact-small text-ui-fg-subtle line-clamp-2 break-all"
            title={index.statement}
          >
            {expression}
          </code>
          <Copy
            content={index.statement}
            variant="mini"
            aria-label={t("dataMap.indexes.copy")}
            className="shrink-0"
          />
        </div>
        {covers === "deleted" && (
          <Text size="xsmall" className="text-ui-fg-muted">
            {t("dataMap.indexes.softDeleted")}
          </Text>
        )}
      </Table.Cell>
      <Table.Cell className="min-w-32 max-w-48 whitespace-normal py-3 align-top">
        {kinds.map((kind) => tCode("kinds", kind)).join(", ")}
      </Table.Cell>
      <Table.Cell className="py-3 text-right align-top tabular-nums">
        {number(rows)}
      </Table.Cell>
      <Table.Cell className="whitespace-normal py-3 align-top">
        <StatusBadge color={colors[status]} className="whitespace-nowrap">
          {t(`dataMap.indexes.status.${status}`)}
        </StatusBadge>
        {index.error && (
          <Text size="xsmall" className="text-ui-fg-error max-w-56 text-pretty">
            {index.error}
          </Text>
        )}
      </Table.Cell>
      <Table.Cell className="py-2 text-right align-top">
        {onCreate && status !== "building" && (
          <Button
            size="small"
            variant="transparent"
            type="button"
            data-testid="privacy-create-index"
            onClick={() => onCreate(index)}
          >
            {t("actions.createIndex")}
          </Button>
        )}
      </Table.Cell>
    </Table.Row>
  )
}
