import { RouteFocusModal } from "@medusajs/dashboard/components"
import { ProgressTabs } from "@medusajs/ui"
import { type FormEvent, type KeyboardEvent } from "react"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type ErasureMethod } from "../../lib/contract"
import { isDirty } from "../../lib/request-draft"
import { RequestFooter } from "./request-footer"
import { InputStep } from "./input-step"
import { LeaveGuard } from "./leave-guard"
import { ReviewStep } from "./review-step"
import { type RequestWindowProps } from "./request-window-props"
import { type RequestStep, useRequestWizard } from "./use-request-wizard"

interface RequestWizardProps extends RequestWindowProps {
  defaultMethod: ErasureMethod
  identifierTypes: string[]
}

export const RequestWizard = ({
  type,
  Fields,
  Confirm,
  defaultMethod,
  identifierTypes,
}: RequestWizardProps) => {
  const { t } = usePrivacyTranslation()
  const wizard = useRequestWizard({
    type,
    defaultMethod,
    identifierTypes,
    isConfirmedByNumber: Boolean(Confirm),
  })
  const { steps, step, goTo, submit, preview, subjects, window } = wizard
  const position = steps.indexOf(step)

  const goOn = () => {
    const next = steps[position + 1]

    return next ? goTo(next) : submit()
  }

  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    goOn()
  }

  // Enter in a field must not carry the officer a step further; with Ctrl or Cmd it may.
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter") {
      return
    }

    if (event.metaKey || event.ctrlKey) {
      event.preventDefault()
      goOn()
    } else if (event.target instanceof HTMLInputElement) {
      event.preventDefault()
    }
  }

  return (
    <ProgressTabs
      className="flex h-full flex-col overflow-hidden"
      // With the arrow keys alone nothing is sent to the server.
      activationMode="manual"
      value={step}
      onValueChange={(target) => goTo(target as RequestStep)}
    >
      <LeaveGuard isActive={isDirty(wizard.draft)} />
      <form
        data-testid={`privacy-${window}-window`}
        data-step={step}
        className="flex h-full flex-col overflow-hidden"
        autoComplete="off"
        noValidate
        onSubmit={handleSubmit}
        onKeyDown={handleKeyDown}
        // A file that misses its field would replace the page.
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => event.preventDefault()}
      >
        <RouteFocusModal.Header>
          <ProgressTabs.List className="border-ui-border-base -my-2 ml-2 min-w-0 flex-1 border-l">
            {steps.map((value, index) => (
              <ProgressTabs.Trigger
                key={value}
                value={value}
                data-testid={`privacy-step-${value}`}
                disabled={
                  value === "confirm" && (step === "input" || subjects === 0)
                }
                status={
                  index < position
                    ? "completed"
                    : index === position
                      ? "in-progress"
                      : "not-started"
                }
              >
                <span className="overflow-hidden text-ellipsis whitespace-nowrap">
                  {t(`requestWindow.steps.${value}`)}
                </span>
              </ProgressTabs.Trigger>
            ))}
          </ProgressTabs.List>
        </RouteFocusModal.Header>
        <RouteFocusModal.Body className="flex flex-1 flex-col items-center overflow-y-auto">
          <ProgressTabs.Content value="input" className="w-full" tabIndex={-1}>
            <InputStep wizard={wizard}>
              <Fields wizard={wizard} />
            </InputStep>
          </ProgressTabs.Content>
          <ProgressTabs.Content value="review" className="w-full" tabIndex={-1}>
            {preview && <ReviewStep wizard={wizard} preview={preview} />}
          </ProgressTabs.Content>
          {Confirm && (
            <ProgressTabs.Content
              value="confirm"
              className="w-full"
              tabIndex={-1}
            >
              {preview && <Confirm wizard={wizard} preview={preview} />}
            </ProgressTabs.Content>
          )}
        </RouteFocusModal.Body>
        <RequestFooter wizard={wizard} />
      </form>
    </ProgressTabs>
  )
}
