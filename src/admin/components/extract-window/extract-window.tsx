import { RequestWindow } from "../request-window/request-window"
import { ExtractFields } from "./extract-fields"

/** The window "Extract customer details". */
export const ExtractWindow = () => (
  <RequestWindow type="access" Fields={ExtractFields} />
)
