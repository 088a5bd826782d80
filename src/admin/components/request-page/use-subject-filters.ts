import { createDataTableFilterHelper } from "@medusajs/ui"
import { useMemo } from "react"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type BulkRequest, type PrivacySubject } from "../../lib/request-contract"
import { toSubjectWords } from "../../lib/subject-words"
import { FAILURE, HOLD_CODES, SUBJECT_STATUSES } from "../../lib/vocabulary"

const filterHelper = createDataTableFilterHelper<PrivacySubject>()

/** The filters the table offers. */
export const useSubjectFilters = ({ type }: Pick<BulkRequest, "type">) => {
  const { t, tCode } = usePrivacyTranslation()

  return useMemo(
    () => [
      filterHelper.accessor("status", {
        type: "radio",
        label: t("request.subjects.status"),
        // Nothing holds an extract back.
        options: SUBJECT_STATUSES.filter(
          (value) => type === "erasure" || value !== "held"
        ).map((value) => ({
          value,
          label: tCode(toSubjectWords(type), value),
        })),
      }),
      filterHelper.custom({
        id: "reason",
        type: "radio",
        label: t("request.subjects.reason"),
        options: [
          ...(type === "erasure" ? HOLD_CODES : []).map((value) => ({
            value,
            label: tCode("holds", value),
          })),
          { value: FAILURE, label: t("request.subjects.failure") },
        ],
      }),
    ],
    [t, tCode, type]
  )
}
