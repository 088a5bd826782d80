/** What the bell in the admin says about an event. */
export function feedMessage(event: string, payload: Record<string, unknown>): { title: string; description: string } {
  const { reference, title, description } = payload
  if (typeof title === "string" && typeof description === "string") {
    return { title, description }
  }
  return { title: `Privacy request ${reference}`, description: event === "request.due" ? dueSoon(payload) : atTheEnd(payload) }
}

function dueSoon({ due_at }: Record<string, unknown>): string {
  // A feed entry is read in any time zone: the day by UTC, and the zone beside it.
  return `Is due on ${String(due_at).slice(0, 10)} (UTC) and not settled yet. Work it off, or extend it with a reason.`
}

function atTheEnd({ complete, held, failed, not_found }: Record<string, unknown>): string {
  const parts = [`${complete} erased`, held && `${held} held`, failed && `${failed} failed`, not_found && `${not_found} not found`]
  return `${parts.filter(Boolean).join(", ")}.`
}
