import { clx } from "@medusajs/ui"
import { type PropsWithChildren } from "react"
import { Link } from "react-router-dom"

interface RowLinkProps {
  to: string
  className?: string
}

/** Where a row leads, for those who use the keyboard: the row itself only hears clicks. */
export const RowLink = ({
  to,
  className,
  children,
}: PropsWithChildren<RowLinkProps>) => (
  <Link
    to={to}
    className={clx(
      "focus-visible:shadow-borders-focus rounded outline-none",
      className
    )}
    onClick={(event) => event.stopPropagation()}
  >
    {children}
  </Link>
)
