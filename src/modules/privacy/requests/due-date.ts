/**
 * When a request is due, in SQL: after so many days, or after one month where no number is given. A month as GDPR Art. 12(3) means it: from 31 January
 * to the last of February.
 *
 * @param days the option `due_days` as a parameter
 */
export const dueDate = (days: string, start = "now()") => `${start} + coalesce(make_interval(days => ${days}::int), interval '1 month')`
