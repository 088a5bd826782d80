import { Container, Heading, Skeleton } from "@medusajs/ui"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"

export const PrivacySectionSkeleton = () => {
  const { t } = usePrivacyTranslation()

  return (
    <Container
      className="divide-y p-0"
      data-testid="privacy-widget"
      data-state="loading"
      aria-busy="true"
      aria-label={t("widget.loading")}
    >
      <div className="flex items-center justify-between px-6 py-4">
        <Heading level="h2">{t("widget.title")}</Heading>
        <Skeleton className="h-5 w-24" />
      </div>
      <div className="flex flex-col gap-y-2 px-6 py-4">
        {[28, 40, 36, 44].map((width) => (
          <div key={width} className="flex justify-between">
            <Skeleton className="h-4" style={{ width: `${width}%` }} />
            <Skeleton className="h-4 w-8" />
          </div>
        ))}
      </div>
      <div className="px-6 py-4">
        <Skeleton className="h-7 w-44" />
      </div>
    </Container>
  )
}
