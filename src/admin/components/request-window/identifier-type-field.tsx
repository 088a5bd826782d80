import { Label, Select } from "@medusajs/ui"
import { useId } from "react"
import { usePrivacyPermissions } from "../../hooks/use-privacy-permissions"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"

interface IdentifierTypeFieldProps {
  value: string
  onChange: (type: string) => void
}

/** By what the customers are named; only what the store has configured. */
export const IdentifierTypeField = ({
  value,
  onChange,
}: IdentifierTypeFieldProps) => {
  const { t, tCode } = usePrivacyTranslation()
  const { identifierTypes } = usePrivacyPermissions()
  const id = useId()

  return (
    <div className="flex flex-col gap-y-2 sm:w-60">
      <Label htmlFor={id} size="small" weight="plus">
        {t("requestWindow.identifierType")}
      </Label>
      <Select value={value} onValueChange={onChange}>
        <Select.Trigger id={id} data-testid="privacy-identifier-type">
          <Select.Value />
        </Select.Trigger>
        <Select.Content>
          {identifierTypes.map((type) => (
            <Select.Item key={type} value={type}>
              {tCode("identifierTypes", type)}
            </Select.Item>
          ))}
        </Select.Content>
      </Select>
    </div>
  )
}
