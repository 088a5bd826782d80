import type { MedusaTable } from "../definition"

/** What staff saved for themselves and where they may have searched for the subject. Small tables: searched by content. */
export const settingsTables: MedusaTable[] = [
  {
    table: "view_configuration",
    module: "settings",
    kind: "saved views",
    rows: [{ column: "configuration", mentions: "subject" }],
    columns: { configuration: { category: "free_text", anonymize: { strategy: "json_scrub", keys: ["filters", "search"] } } },
    technical: ["entity", "name", "user_id"],
    others: ["configuration", "name", "user_id"],
  },
  {
    table: "user_preference",
    module: "settings",
    kind: "saved views",
    rows: [{ column: "value", mentions: "subject" }],
    columns: { value: { category: "free_text", anonymize: "json_scrub" } },
    technical: ["user_id", "key"],
    others: ["value", "user_id"],
  },
]
