import { useEffect, useRef } from "react"
import { useLocation, useSearchParams } from "react-router-dom"

const PARAM = "cursor"

interface CursorState {
  /** Cursors of the pages before this one; the first page has none. */
  previous?: (string | null)[]
}

/**
 * The page of a list that is paged by key. Its cursor stands in the address, so that a reload and a link lead to the same rows; the way back stands in
 * the history's state, and is the first page where that is not known.
 *
 * @param asked what the list is narrowed to: a change of it begins at the first page
 */
export const useCursor = (asked: object) => {
  const [params, setParams] = useSearchParams()
  const { state } = useLocation()
  const key = JSON.stringify(asked)
  const known = useRef(key)
  const given = params.get(PARAM)
  const cursor = known.current === key ? given : null

  useEffect(() => {
    if (known.current !== key) {
      known.current = key
      setParams(
        (current) => {
          current.delete(PARAM)
          return current
        },
        { replace: true }
      )
    }
  }, [key, setParams])

  const previous = (state as CursorState | null)?.previous ?? []

  const go = (to: string | null, way: (string | null)[]) =>
    setParams(
      (current) => {
        if (to) {
          current.set(PARAM, to)
        } else {
          current.delete(PARAM)
        }

        return current
      },
      { state: { previous: way } satisfies CursorState }
    )

  return {
    cursor: cursor ?? undefined,
    goNext: (next: string) => go(next, [...previous, cursor]),
    goBack: () => go(previous[previous.length - 1] ?? null, previous.slice(0, -1)),
  }
}
