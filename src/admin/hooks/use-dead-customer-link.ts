import { useEffect } from "react"
import { useNavigate } from "react-router-dom"

/**
 * The dashboard's order page links to its customer, also to one who has no page any more: that link would end at "404". While this hook
 * is mounted it leads to `to`, and nowhere without one.
 */
export const useDeadCustomerLink = (customerId?: string | null, to?: string) => {
  const navigate = useNavigate()

  useEffect(() => {
    if (!customerId) {
      return
    }

    const handleClick = (event: MouseEvent) => {
      const isOurs =
        event.target instanceof Element &&
        event.target.closest(`a[href$="/customers/${CSS.escape(customerId)}"]`)

      if (!isOurs) {
        return
      }

      event.preventDefault()
      event.stopPropagation()

      if (to) {
        void navigate(to)
      }
    }

    // Caught on the way down: the link itself never hears of it. The middle button makes an "auxclick".
    document.addEventListener("click", handleClick, true)
    document.addEventListener("auxclick", handleClick, true)

    return () => {
      document.removeEventListener("click", handleClick, true)
      document.removeEventListener("auxclick", handleClick, true)
    }
  }, [customerId, navigate, to])
}
