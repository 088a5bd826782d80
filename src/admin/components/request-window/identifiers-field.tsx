import { Button, Hint, Input, Label } from "@medusajs/ui"
import {
  type ClipboardEvent,
  type KeyboardEvent,
  useId,
  useState,
} from "react"
import { useFormat } from "../../hooks/use-format"
import { usePrivacyTranslation } from "../../hooks/use-privacy-translation"
import { type RequestDraft } from "../../lib/request-draft"
import {
  type Addition,
  addIdentifiers,
  isPlausible,
  toLines,
} from "../../lib/identifier-list"
import { IdentifierList } from "./identifier-list"

interface IdentifiersFieldProps {
  draft: RequestDraft
  onChange: (part: Partial<RequestDraft>) => void
}

/** Identifiers typed or pasted, one after the other. */
export const IdentifiersField = ({ draft, onChange }: IdentifiersFieldProps) => {
  const { t } = usePrivacyTranslation()
  const { identifierType, identifiers, entry } = draft
  const id = useId()
  const [addition, setAddition] = useState<Addition>()
  const [isRefused, setIsRefused] = useState(false)

  const add = (values: string[], rest: string) => {
    const result = addIdentifiers(identifierType, identifiers, values)

    setAddition(result)
    setIsRefused(false)
    onChange({ identifiers: result.identifiers, entry: rest })
  }

  const addEntry = () => {
    const value = entry.trim()

    if (!value) {
      return
    }

    if (isPlausible(identifierType, value)) {
      add([value], "")
    } else {
      setAddition(undefined)
      setIsRefused(true)
    }
  }

  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.metaKey && !event.ctrlKey) {
      event.preventDefault()
      event.stopPropagation()
      addEntry()
    }
  }

  const handlePaste = (event: ClipboardEvent) => {
    const lines = toLines(event.clipboardData.getData("text"))

    // A single value may be part of what is being typed.
    if (lines.length > 1) {
      event.preventDefault()
      add(lines, entry)
    }
  }

  return (
    <div className="flex flex-col gap-y-4">
      <div className="flex flex-col gap-y-2">
        <Label htmlFor={id} size="small" weight="plus">
          {t("requestWindow.entry.label")}
        </Label>
        <div className="flex items-center gap-x-2">
          <div className="min-w-0 flex-1">
            <Input
              id={id}
              data-testid="privacy-identifier"
              autoFocus
              autoCapitalize="none"
              autoComplete="off"
              autoCorrect="off"
              spellCheck={false}
              data-1p-ignore
              value={entry}
              aria-invalid={isRefused}
              aria-describedby={`${id}-hint`}
              onChange={({ target }) => {
                setIsRefused(false)
                onChange({ entry: target.value })
              }}
              onKeyDown={handleKeyDown}
              onPaste={handlePaste}
            />
          </div>
          <Button
            size="small"
            variant="secondary"
            type="button"
            className="h-8 shrink-0"
            data-testid="privacy-add-identifier"
            disabled={!entry.trim()}
            onClick={addEntry}
          >
            {t("actions.addToList")}
          </Button>
        </div>
        <Hint id={`${id}-hint`} variant={isRefused ? "error" : "info"}>
          {t(isRefused ? "requestWindow.entry.implausible" : "requestWindow.entry.hint")}
        </Hint>
        <AdditionHint addition={addition} />
      </div>
      <IdentifierList
        identifiers={identifiers}
        onChange={(next) => {
          setAddition(undefined)
          onChange({ identifiers: next })
        }}
      />
    </div>
  )
}

const AdditionHint = ({ addition }: { addition?: Addition }) => {
  const { t } = usePrivacyTranslation()
  const { number } = useFormat()
  const { added = 0, duplicates = 0 } = addition ?? {}

  return (
    <div role="status" data-testid="privacy-addition">
      {(duplicates > 0 || added > 1) && (
        <Hint>
          {[
            ...(added
              ? [t("requestWindow.entry.added", { count: added, total: number(added) })]
              : []),
            ...(duplicates
              ? [
                  t("requestWindow.entry.duplicates", {
                    count: duplicates,
                    total: number(duplicates),
                  }),
                ]
              : []),
          ].join(" ")}
        </Hint>
      )}
    </div>
  )
}
