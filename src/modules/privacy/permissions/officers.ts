import type { Session } from "../database/session"
import type { PrivacyOptions } from "../options"
import type { Permission } from "./permissions"

export type OfficerOption = PrivacyOptions["officers"][number]

/** How an operator binds an address to its user. */
export const BIND_SCRIPT = "npx medusa exec ./node_modules/medusa-plugin-privacy/.medusa/server/src/scripts/privacy-bind-officers.js"

/** Ids of users have no "@"; what has one is an address. */
export const isAddress = (user: string): boolean => user.includes("@")

/** Every address of the options, once. */
export const addressesOf = (officers: OfficerOption[]): string[] => [
  ...new Set(officers.map(({ user }) => user).filter(isAddress)),
]

/** Why an entry of the option `officers` grants nobody anything. */
type OfficerProblem = "not_resolved_yet" | "no_user" | "several_users" | "user_gone"

/** An entry of the option `officers` and the user it stands for. */
export interface OfficerView {
  /** As the options name it: an id or an address. */
  user: string
  permissions: (Permission | "all")[]
  /** The live user who has the permissions, or null. */
  user_id: string | null
  problem: { code: OfficerProblem; message: string } | null
}

const WHAT_TO_DO = `Name the user's id in \`officers\`, or run \`${BIND_SCRIPT}\` on the server.`

const BECAUSE: Record<OfficerProblem, string> = {
  not_resolved_yet: "the store has not been started since the option names it.",
  no_user: "no user had exactly this address when a start of the store first saw it.",
  several_users: "more than one user had this address, but for its casing, when a start of the store first saw it.",
  user_gone: "the user it stands for does not exist any more.",
}

const problem = (code: OfficerProblem) => ({
  code,
  message: `This officer has no permission: ${BECAUSE[code]} ${WHAT_TO_DO}`,
})

/** What each entry of the option `officers` comes to, in their order. */
export async function viewOfficers(session: Session, officers: OfficerOption[]): Promise<OfficerView[]> {
  const { rows: bindings } = await session.run<Binding>(BINDINGS, [addressesOf(officers)])
  const byAddress = new Map(bindings.map((binding) => [binding.address, binding]))
  const { rows: users } = await session.run<{ id: string }>(
    `SELECT id FROM "user" WHERE id = ANY($1::text[]) AND deleted_at IS NULL`,
    [[...officers.map(({ user }) => user), ...bindings.map(({ user_id }) => user_id)]]
  )
  const live = new Set(users.map(({ id }) => id))
  return officers.map(({ user, permissions }) => {
    const binding = byAddress.get(user)
    const id = isAddress(user) ? binding?.user_id : user
    if (id && live.has(id)) {
      return { user, permissions, user_id: id, problem: null }
    }
    const code = id ? "user_gone" : ((binding?.unresolved as OfficerProblem) ?? "not_resolved_yet")
    return { user, permissions, user_id: null, problem: problem(code) }
  })
}

interface Binding {
  address: string
  user_id: string | null
  unresolved: string | null
}

const BINDINGS = `
  SELECT address, user_id, unresolved
  FROM privacy_officer
  WHERE address = ANY($1::text[])
    AND deleted_at IS NULL`
