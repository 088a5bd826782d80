import { KeyboundForm } from "@medusajs/dashboard/components"
import {
  Alert,
  Button,
  FocusModal,
  Text,
  toast,
} from "@medusajs/ui"
import { type FormEvent, useState } from "react"
import { useAnonymizeCustomer } from "../../hooks/use-anonymize-customer"
import { usePrivacyPermissions } from "../../hooks/use-privacy-permissions"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { isConfirmed, toConfirmation } from "../../lib/confirmation"
import {
  type CustomerPrivacy,
  type ErasureMethod,
  type ValueChoice,
} from "../../lib/contract"
import { WindowBody } from "../common/window-body"
import { ConfirmationField } from "./confirmation-field"
import { Consequences } from "./consequences"
import { FieldBreakdown } from "./field-breakdown"
import { HoldOverrides } from "./hold-overrides"
import { MethodField } from "./method-field"
import { ProfileField } from "./profile-field"
import { ReasonField } from "./reason-field"
import { SubmitError } from "./submit-error"
import { ValueField } from "./value-field"

interface AnonymizeFormProps {
  privacy: CustomerPrivacy
  email: string | null
  onClose: () => void
}

export const AnonymizeForm = ({
  privacy,
  email,
  onClose,
}: AnonymizeFormProps) => {
  const { t } = usePrivacyTranslation()
  const { can, defaultMethod } = usePrivacyPermissions()
  const { mutate, isPending, error } = useAnonymizeCustomer(privacy.customer_id)

  const [method, setMethod] = useState<ErasureMethod>(defaultMethod)
  const [profileId, setProfileId] = useState<string>()
  const [overrides, setOverrides] = useState<string[]>([])
  const [value, setValue] = useState<ValueChoice>("invalidate")
  const [reason, setReason] = useState("")
  const [typed, setTyped] = useState("")

  const canOverride = can("override")
  const isBlocked = privacy.holds.some(
    ({ code, severity }) =>
      severity === "block" && !(canOverride && overrides.includes(code))
  )
  const isReasonMissing = overrides.length > 0 && !reason.trim()
  const confirmation = toConfirmation(email, privacy.customer_id)
  const isUnconfirmed = !isConfirmed(typed, confirmation)
  const canConfirm = !isBlocked && !isReasonMissing && !isUnconfirmed

  const obstacle = isBlocked
    ? t("dialog.confirm.blocked")
    : isReasonMissing
      ? t("dialog.confirm.reason")
      : isUnconfirmed
        ? t(`dialog.confirm.${confirmation.kind}`)
        : undefined

  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()

    if (!canConfirm || isPending) {
      return
    }

    mutate(
      {
        email: typed.trim(),
        method,
        profile_id: profileId,
        reason: reason.trim() || undefined,
        override: overrides.length ? overrides : undefined,
        value: privacy.value.length ? value : undefined,
      },
      {
        onSuccess: () => {
          toast.info(t("widget.toast.started"), {
            description: t("widget.toast.startedText"),
          })
          onClose()
        },
      }
    )
  }

  return (
    <KeyboundForm
      className="flex h-full flex-col overflow-hidden"
      autoComplete="off"
      onSubmit={handleSubmit}
    >
      <WindowBody
        title={t(`dialog.title.${method}`)}
        description={t("dialog.description", { email: confirmation.expected })}
      >
        <Alert variant="warning">
          <span className="txt-small-plus block">
            {t("dialog.irreversible")}
          </span>
          <span className="txt-small text-ui-fg-subtle">
            {t("dialog.irreversibleText")}
          </span>
        </Alert>
        <MethodField value={method} onChange={setMethod} />
        <ProfileField value={profileId} onChange={setProfileId} />
        <Consequences privacy={privacy} />
        {privacy.value.length > 0 && (
          <ValueField value={value} onChange={setValue} />
        )}
        <FieldBreakdown method={method} profileId={profileId} />
        {privacy.holds.length > 0 && (
          <HoldOverrides
            holds={privacy.holds}
            canOverride={canOverride}
            value={overrides}
            onChange={setOverrides}
          />
        )}
        <ReasonField
          value={reason}
          onChange={setReason}
          isRequired={overrides.length > 0}
        />
        <ConfirmationField
          value={typed}
          onChange={setTyped}
          confirmation={confirmation}
        />
        {error && <SubmitError error={error} />}
      </WindowBody>
      <FocusModal.Footer>
        <Text
          size="small"
          id="privacy-confirm-obstacle"
          className="text-ui-fg-muted sr-only mr-2 text-right sm:not-sr-only"
        >
          {obstacle}
        </Text>
        <FocusModal.Close asChild>
          <Button
            size="small"
            variant="secondary"
            type="button"
            className="shrink-0"
          >
            {t("actions.cancel")}
          </Button>
        </FocusModal.Close>
        <Button
          size="small"
          variant="danger"
          type="submit"
          data-testid="privacy-confirm"
          aria-describedby="privacy-confirm-obstacle"
          className="shrink-0"
          disabled={!canConfirm}
          isLoading={isPending}
        >
          {t(`actions.${method}`)}
        </Button>
      </FocusModal.Footer>
    </KeyboundForm>
  )
}
