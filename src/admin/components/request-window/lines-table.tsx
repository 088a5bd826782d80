import { StatusBadge, Table, clx } from "@medusajs/ui"
import { Fragment } from "react"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import {
  type RequestPreview,
  type LineOutcome,
  type PreviewLine,
} from "../../lib/request-contract"
import { LineCustomers } from "./line-customers"
import { LineReason } from "./line-reason"

const colors: Record<LineOutcome, "grey" | "orange" | "red" | "purple"> = {
  not_found: "grey",
  ambiguous: "purple",
  duplicate: "grey",
  invalid: "red",
  held: "orange",
  erased: "grey",
}

interface LinesTableProps {
  preview: RequestPreview
  lines: PreviewLine[]
}

export const LinesTable = ({ preview, lines }: LinesTableProps) => {
  const { t } = usePrivacyTranslation()
  const { number } = useFormat()

  return (
    <Table>
      <Table.Header>
        <Table.Row>
          <Table.HeaderCell className="w-16 text-right">
            {t("requestWindow.review.lines.line")}
          </Table.HeaderCell>
          <Table.HeaderCell>{t("requestWindow.review.lines.identifier")}</Table.HeaderCell>
          <Table.HeaderCell>{t("requestWindow.review.lines.outcome")}</Table.HeaderCell>
          <Table.HeaderCell>{t("requestWindow.review.lines.reason")}</Table.HeaderCell>
        </Table.Row>
      </Table.Header>
      <Table.Body>
        {lines.map((line) => (
          <Fragment key={line.line}>
            <Table.Row
              data-outcome={line.outcome}
              // What is below belongs to the same line.
              className={clx({ "border-b-0": line.outcome === "ambiguous" })}
            >
              <Table.Cell className="text-ui-fg-muted py-3 text-right align-top tabular-nums">
                {number(line.line)}
              </Table.Cell>
              <Table.Cell className="min-w-40 max-w-72 whitespace-normal break-words py-3 align-top">
                {line.identifier}
              </Table.Cell>
              <Table.Cell className="py-3 align-top">
                <StatusBadge
                  color={colors[line.outcome]}
                  className="whitespace-nowrap"
                >
                  {t(`requestWindow.review.counts.${line.outcome}`)}
                </StatusBadge>
              </Table.Cell>
              <Table.Cell className="text-ui-fg-subtle min-w-60 whitespace-normal py-3 align-top">
                <LineReason preview={preview} line={line} />
              </Table.Cell>
            </Table.Row>
            {line.outcome === "ambiguous" && (
              <Table.Row className="hover:bg-ui-bg-base">
                <Table.Cell />
                {/* React's types for a cell leave out what the element takes. */}
                <Table.Cell
                  {...{ colSpan: 3 }}
                  className="whitespace-normal pb-4 align-top"
                >
                  <LineCustomers customers={line.customers} />
                </Table.Cell>
              </Table.Row>
            )}
          </Fragment>
        ))}
      </Table.Body>
    </Table>
  )
}
