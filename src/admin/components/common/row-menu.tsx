import { EllipsisHorizontal } from "@medusajs/icons"
import { ActionMenu } from "@medusajs/dashboard/components"
import { IconButton } from "@medusajs/ui"
import { type ComponentProps, type ReactNode, useRef } from "react"

interface RowMenuProps {
  label: string
  groups: ComponentProps<typeof ActionMenu>["groups"]
  /** What an action opens on top of the page; on closing it gives the focus back to the menu. */
  children?: (focusMenu: (event: Event) => void) => ReactNode
}

/** What can be done to a row of a table; not there when nothing can. */
export const RowMenu = ({ label, groups, children }: RowMenuProps) => {
  const button = useRef<HTMLButtonElement>(null)
  const filled = groups.filter(({ actions }) => actions.length)

  // The question an action asks would give the focus back to the menu's entry, which is gone by then.
  const thenFocus = (run: () => unknown) => async () => {
    await run()
    setTimeout(() => {
      if (document.activeElement === document.body) {
        button.current?.focus()
      }
    })
  }

  return filled.length ? (
    // The row itself leads elsewhere.
    <div onClick={(event) => event.stopPropagation()}>
      <ActionMenu
        groups={filled.map(({ actions }) => ({
          actions: actions.map((action) =>
            action.onClick
              ? { ...action, onClick: thenFocus(action.onClick) }
              : action
          ),
        }))}
      >
        <IconButton
          ref={button}
          size="small"
          variant="transparent"
          aria-label={label}
        >
          <EllipsisHorizontal />
        </IconButton>
      </ActionMenu>
      {children?.((event) => {
        event.preventDefault()
        button.current?.focus()
      })}
    </div>
  ) : null
}
