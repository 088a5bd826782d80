import { RequestWindow } from "../request-window/request-window"
import { ConfirmStep } from "./confirm-step"
import { EraseFields } from "./erase-fields"

/** The window "Delete customers". */
export const EraseWindow = () => (
  <RequestWindow type="erasure" Fields={EraseFields} Confirm={ConfirmStep} />
)
