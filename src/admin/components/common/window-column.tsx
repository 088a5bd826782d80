import { RouteFocusModal } from "@medusajs/dashboard/components"
import { Heading, Text, clx } from "@medusajs/ui"
import { type PropsWithChildren, useEffect, useRef } from "react"

interface StepFrameProps {
  title: string
  description: string
  isWide?: boolean
  /** Moves the focus to the head, so that a new step is read from its beginning. */
  isFocused?: boolean
}

export const StepFrame = ({
  title,
  description,
  isWide,
  isFocused,
  children,
}: PropsWithChildren<StepFrameProps>) => {
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
        <RouteFocusModal.Title asChild>
          <Heading>{title}</Heading>
        </RouteFocusModal.Title>
        <RouteFocusModal.Description asChild>
          <Text size="small" className="text-ui-fg-subtle text-pretty">
            {description}
          </Text>
        </RouteFocusModal.Description>
      </div>
      {children}
    </div>
  )
}
