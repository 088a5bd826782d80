import { Container, Heading, Text } from "@medusajs/ui"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type CustomerPrivacy } from "../../lib/contract"
import { FootprintList, onlyFound } from "../common/footprint-list"
import { KeptList } from "../common/kept-list"
import { LabeledBlock } from "../common/labeled-block"
import { SubscriptionList } from "../common/subscription-list"
import { toValueFacts, ValueList } from "../common/value-list"

/** What a removal does to this very customer. */
export const Consequences = ({ privacy }: { privacy: CustomerPrivacy }) => {
  const { t } = usePrivacyTranslation()
  const { value, subscriptions, kept } = privacy
  const footprint = onlyFound(privacy.footprint)

  return (
    <section
      className="flex flex-col gap-y-3"
      data-testid="privacy-consequences"
    >
      <Heading level="h2">{t("dialog.consequences.title")}</Heading>
      <Container className="divide-y p-0">
        <div className="px-4 py-3">
          {footprint.length ? (
            <LabeledBlock label={t("dialog.consequences.records")}>
              <FootprintList
                footprint={footprint}
                className="sm:grid sm:grid-cols-2 sm:gap-x-8"
              />
            </LabeledBlock>
          ) : (
            <Text size="small" className="text-ui-fg-subtle">
              {t("dialog.consequences.noRecords")}
            </Text>
          )}
        </div>
        {toValueFacts(value).length > 0 && (
          <div className="px-4 py-3" data-testid="privacy-value-lost">
            <LabeledBlock
              label={t("dialog.consequences.value")}
              hint={t("dialog.consequences.valueHint")}
            >
              <ValueList value={value} />
            </LabeledBlock>
          </div>
        )}
        {subscriptions.length > 0 && (
          <div className="px-4 py-3">
            <LabeledBlock label={t("dialog.consequences.subscriptions")}>
              <SubscriptionList subscriptions={subscriptions} />
            </LabeledBlock>
          </div>
        )}
        {kept.length > 0 && (
          <div className="px-4 py-3" data-testid="privacy-kept">
            <LabeledBlock label={t("dialog.consequences.kept")}>
              <KeptList kept={kept} />
            </LabeledBlock>
          </div>
        )}
      </Container>
    </section>
  )
}
