import { type BulkErasureInput, type ErasurePlanInput } from "./request-contract"

/** The body of a preview or of a request: JSON for a list, a form for a file. */
export const toErasureBody = ({
  identifiers,
  ...fields
}: ErasurePlanInput | BulkErasureInput): FormData | object => {
  const body = { type: "erasure", ...fields }

  if (Array.isArray(identifiers)) {
    return { ...body, identifiers }
  }

  const form = new FormData()

  // Fields before the file: a server that streams the file knows by then what to do with it.
  Object.entries(body).forEach(([name, value]) => {
    if (value !== undefined) {
      form.append(name, String(value))
    }
  })
  form.append("file", identifiers)

  return form
}
