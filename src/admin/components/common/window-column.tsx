import { FocusModal, Heading, Text, clx } from "@medusajs/ui"
import {
  type PropsWithChildren,
  type ReactNode,
  useEffect,
  useRef,
} from "react"

export interface WindowColumnProps {
  title: ReactNode
  description: ReactNode
  isWide?: boolean
  /** Moves the focus to the head, so that a new step is read from its beginning. */
  isFocused?: boolean
}

/** What a window says, below its title: one readable column. */
export const WindowColumn = ({
  title,
  description,
  isWide,
  isFocused,
  children,
}: PropsWithChildren<WindowColumnProps>) => {
  const head = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (isFocused) {
      head.current?.focus()
    }
  }, [isFocused])

  return (
    <div
      className={clx(
        "mx-auto flex w-full flex-col gap-y-8 px-4 py-10 sm:py-16",
        isWide ? "max-w-[960px]" : "max-w-[720px]"
      )}
    >
      <div
        ref={head}
        tabIndex={-1}
        className="flex flex-col gap-y-1 outline-none"
      >
        <FocusModal.Title asChild>
          <Heading>{title}</Heading>
        </FocusModal.Title>
        <FocusModal.Description asChild>
          <Text size="small" className="text-ui-fg-subtle text-pretty break-words">
            {description}
          </Text>
        </FocusModal.Description>
      </div>
      {children}
    </div>
  )
}
