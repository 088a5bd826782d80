import de from "./de.json"
import en from "./en.json"

/** The i18next namespace of this plugin's texts. Route configs must repeat it as a literal. */
export const NAMESPACE = "medusa-plugin-privacy"

export type Messages = typeof en

type Leaves<T, Path extends string = ""> = {
  [Key in keyof T & string]: T[Key] extends string
    ? `${Path}${Key}`
    : Leaves<T[Key], `${Path}${Key}.`>
}[keyof T & string]

type WithoutPlural<Key extends string> = Key extends
  | `${infer Base}_one`
  | `${infer Base}_other`
  ? Base
  : Key

/** Every text by its key; i18next picks the plural form itself. */
export type MessageKey = WithoutPlural<Leaves<Messages>>

/** English is the measure: a language that lacks a key fails the type check. */
export const languages = { en, de } satisfies Record<string, Messages>
