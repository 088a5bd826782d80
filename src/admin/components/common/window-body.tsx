import { FocusModal } from "@medusajs/ui"
import { type PropsWithChildren } from "react"
import { WindowColumn, type WindowColumnProps } from "./window-column"

/** The inside of a window that is one column from top to bottom. */
export const WindowBody = (props: PropsWithChildren<WindowColumnProps>) => (
  <>
    <FocusModal.Header />
    <FocusModal.Body className="flex flex-col items-center overflow-y-auto">
      <WindowColumn {...props} />
    </FocusModal.Body>
  </>
)
