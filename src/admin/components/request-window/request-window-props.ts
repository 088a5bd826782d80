import { type ComponentType } from "react"
import { type RequestType } from "../../lib/contract"
import { type RequestPreview } from "../../lib/request-contract"
import { type RequestWizardState } from "./use-request-wizard"

export interface RequestWindowProps {
  type: RequestType
  /** What is asked for beside whom it is about. */
  Fields: ComponentType<{ wizard: RequestWizardState }>
  /** The last look, where what happens cannot be undone. */
  Confirm?: ComponentType<{
    wizard: RequestWizardState
    preview: RequestPreview
  }>
}
