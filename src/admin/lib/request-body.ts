import { type BulkRequestInput, type PlanInput } from "./request-contract"

/** The body of a preview or of a request: JSON for a list, a form for a file. */
export const toRequestBody = ({
  identifiers,
  ...fields
}: PlanInput | BulkRequestInput): FormData | object => {
  if (Array.isArray(identifiers)) {
    return { ...fields, identifiers }
  }

  const form = new FormData()

  // Fields before the file: a server that streams the file knows by then what to do with it.
  Object.entries(fields).forEach(([name, value]) => {
    if (value !== undefined) {
      form.append(name, String(value))
    }
  })
  form.append("file", identifiers)

  return form
}
