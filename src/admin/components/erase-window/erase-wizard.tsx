import { RouteFocusModal } from "@medusajs/dashboard/components"
import { ProgressTabs } from "@medusajs/ui"
import { type FormEvent, type KeyboardEvent } from "react"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { isDirty } from "../../lib/erasure-draft"
import { ConfirmStep } from "./confirm-step"
import { EraseFooter } from "./erase-footer"
import { InputStep } from "./input-step"
import { LeaveGuard } from "./leave-guard"
import { ReviewStep } from "./review-step"
import {
  type EraseStep,
  type EraseWizardProps,
  useEraseWizard,
} from "./use-erase-wizard"

const STEPS: EraseStep[] = ["input", "review", "confirm"]

export const EraseWizard = (props: EraseWizardProps) => {
  const { t } = usePrivacyTranslation()
  const wizard = useEraseWizard(props)
  const { step, goTo, submit, preview, subjects } = wizard
  const position = STEPS.indexOf(step)

  const goOn = () => {
    switch (step) {
      case "input":
        return goTo("review")
      case "review":
        return goTo("confirm")
      case "confirm":
        return submit()
    }
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
      onValueChange={(target) => goTo(target as EraseStep)}
    >
      <LeaveGuard isActive={isDirty(wizard.draft)} />
      <form
        data-testid="privacy-erase-window"
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
            {STEPS.map((value, index) => (
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
                  {t(`erase.steps.${value}`)}
                </span>
              </ProgressTabs.Trigger>
            ))}
          </ProgressTabs.List>
        </RouteFocusModal.Header>
        <RouteFocusModal.Body className="flex flex-1 flex-col items-center overflow-y-auto">
          <ProgressTabs.Content value="input" className="w-full" tabIndex={-1}>
            <InputStep wizard={wizard} />
          </ProgressTabs.Content>
          <ProgressTabs.Content value="review" className="w-full" tabIndex={-1}>
            {preview && <ReviewStep wizard={wizard} preview={preview} />}
          </ProgressTabs.Content>
          <ProgressTabs.Content value="confirm" className="w-full" tabIndex={-1}>
            {preview && <ConfirmStep wizard={wizard} preview={preview} />}
          </ProgressTabs.Content>
        </RouteFocusModal.Body>
        <EraseFooter wizard={wizard} />
      </form>
    </ProgressTabs>
  )
}
