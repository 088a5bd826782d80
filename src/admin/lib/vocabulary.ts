/** The words the server has too, and those that only the screens need. */
export {
  CATEGORIES,
  DELIVERY_STATUSES,
  FORMATS,
  HOLD_CODES,
  LOCAL_DESTINATIONS,
  METHODS,
  REQUEST_STATUSES,
  SUBJECT_STATUSES,
  VALUE_CHOICES,
  WEBHOOK_EVENTS,
} from "../../modules/privacy/vocabulary"

/** Categories that always follow the data map: keys and logins. */
export const FIXED_CATEGORIES: string[] = ["credential", "technical"]

/** The reason that is not a hold. */
export const FAILURE = "failure"

/** As many profiles as a select can offer in one go. */
export const PROFILE_CHOICES = 100
