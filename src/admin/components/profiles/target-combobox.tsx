import { Combobox } from "@medusajs/dashboard/components"
import { useMemo, useState } from "react"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"

// A database has more than a thousand columns; the list would be slow to open and nobody scrolls that far.
const SHOWN = 50

export interface TargetOption {
  value: string
  label: string
}

interface TargetComboboxProps {
  id: string
  options: TargetOption[]
  value: string
  isInvalid: boolean
  onChange: (target: string) => void
}

/** A category or a column of the data map, found by typing. */
export const TargetCombobox = ({
  id,
  options,
  value,
  isInvalid,
  onChange,
}: TargetComboboxProps) => {
  const { t } = usePrivacyTranslation()
  const [search, setSearch] = useState("")

  const shown = useMemo(() => {
    const needle = search.trim().toLowerCase()
    const found = options
      .filter(({ label }) => label.toLowerCase().includes(needle))
      .slice(0, SHOWN)
    const selected = options.find((option) => option.value === value)

    // The chosen one must be among the options, or its name is not shown.
    return selected && !needle && !found.includes(selected)
      ? [selected, ...found]
      : found
  }, [options, search, value])

  return (
    <Combobox
      id={id}
      value={value}
      searchValue={search}
      onSearchValueChange={setSearch}
      options={shown}
      placeholder={t("profiles.fields.targetPlaceholder")}
      aria-invalid={isInvalid}
      onChange={(target) => onChange(target ?? "")}
    />
  )
}
