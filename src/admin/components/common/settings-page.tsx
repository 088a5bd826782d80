import { Container, Heading, Text, clx } from "@medusajs/ui"
import { type PropsWithChildren } from "react"
import { NavLink } from "react-router-dom"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { PermissionGate } from "./permission-gate"

const tabs = [
  { to: "/settings/privacy", key: "settings.tabs.dataMap" },
  { to: "/settings/privacy/profiles", key: "settings.tabs.profiles" },
  { to: "/settings/privacy/webhooks", key: "settings.tabs.webhooks" },
  { to: "/settings/privacy/deliveries", key: "settings.tabs.deliveries" },
] as const

/** The frame of the Privacy settings: heading, tabs, and the gate for those without permission. */
export const SettingsPage = ({ children }: PropsWithChildren) => (
  <div className="flex flex-col gap-y-3">
    <SettingsHeader />
    <PermissionGate anyOf={["view", "configure"]} reason="view">
      {children}
    </PermissionGate>
  </div>
)

const SettingsHeader = () => {
  const { t } = usePrivacyTranslation()

  return (
    <Container className="flex flex-col gap-y-4 px-6 py-4">
      <div>
        <Heading>{t("settings.title")}</Heading>
        <Text size="small" className="text-ui-fg-subtle">
          {t("settings.description")}
        </Text>
      </div>
      <nav aria-label={t("settings.title")} className="-mx-1 flex flex-wrap gap-2">
        {tabs.map(({ to, key }) => (
          <NavLink
            key={to}
            to={to}
            end={to === "/settings/privacy"}
            className={({ isActive }) =>
              clx(
                "txt-compact-small-plus transition-fg text-ui-fg-subtle hover:text-ui-fg-base focus-visible:shadow-borders-focus whitespace-nowrap rounded-full px-2.5 py-1 outline-none",
                {
                  "text-ui-fg-base bg-ui-bg-base shadow-elevation-card-rest":
                    isActive,
                }
              )
            }
          >
            {t(key)}
          </NavLink>
        ))}
      </nav>
    </Container>
  )
}
