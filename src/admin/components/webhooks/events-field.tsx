import { Checkbox, Hint, Label } from "@medusajs/ui"
import { useId } from "react"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type WebhookEvent } from "../../lib/told-contract"
import { WEBHOOK_EVENTS } from "../../lib/vocabulary"

interface EventsFieldProps {
  value: WebhookEvent[]
  problem?: string
  onChange: (value: WebhookEvent[]) => void
}

/** Which events a webhook listens to. */
export const EventsField = ({ value, problem, onChange }: EventsFieldProps) => {
  const { t, tCode } = usePrivacyTranslation()
  const id = useId()

  return (
    <fieldset className="flex flex-col gap-y-3" aria-describedby={`${id}-hint`}>
      <legend className="txt-compact-small-plus mb-2">
        {t("webhooks.fields.events")}
      </legend>
      {WEBHOOK_EVENTS.map((type) => (
        <div key={type} className="flex items-start gap-x-2">
          <Checkbox
            id={`${id}-${type}`}
            checked={value.includes(type)}
            onCheckedChange={(checked) =>
              onChange(
                WEBHOOK_EVENTS.filter((one) =>
                  one === type ? checked === true : value.includes(one)
                )
              )
            }
          />
          <Label
            htmlFor={`${id}-${type}`}
            size="small"
            className="flex flex-wrap gap-x-2"
          >
            {tCode("webhookEvents", type)}
            <code className="text-ui-fg-muted">{type}</code>
          </Label>
        </div>
      ))}
      <div id={`${id}-hint`}>
        {problem && <Hint variant="error">{problem}</Hint>}
      </div>
    </fieldset>
  )
}
