import { TriangleRightMini } from "@medusajs/icons"
import { clx } from "@medusajs/ui"
import { type PropsWithChildren, type ReactNode, useId, useState } from "react"

interface DisclosureProps {
  title: ReactNode
  aside?: ReactNode
  isNested?: boolean
  "data-testid"?: string
}

/** A row that opens; what is inside is only rendered, and so only loaded, once it is open. */
export const Disclosure = ({
  title,
  aside,
  isNested,
  children,
  ...props
}: PropsWithChildren<DisclosureProps>) => {
  const [isOpen, setIsOpen] = useState(false)
  const id = useId()

  return (
    <div {...props}>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
        className={clx(
          "hover:bg-ui-bg-base-hover focus-visible:shadow-borders-focus flex w-full items-center justify-between gap-x-3 rounded-md px-4 py-3 text-left outline-none",
          { "pl-8": isNested }
        )}
      >
        <span className="flex items-center gap-x-2">
          <TriangleRightMini
            aria-hidden
            className={clx("text-ui-fg-muted transition-transform", {
              "rotate-90": isOpen,
            })}
          />
          <span className="txt-compact-small-plus">{title}</span>
        </span>
        {aside && (
          <span className="txt-compact-small text-ui-fg-muted text-right">
            {aside}
          </span>
        )}
      </button>
      <div id={id} hidden={!isOpen}>
        {isOpen && children}
      </div>
    </div>
  )
}
