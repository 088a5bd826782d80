import type { ExecArgs } from "@medusajs/framework/types"
import { PRIVACY_MODULE } from "../modules/privacy"
import type { BindResult } from "../modules/privacy/permissions/bind-officers"
import type PrivacyModuleService from "../modules/privacy/service"

const OUTCOMES: Record<BindResult["outcome"], string> = {
  bound: "bound to",
  unchanged: "stands for",
  no_user: "no admin user has exactly this address; make the user, or name another's id in `officers`",
  several_users: "several admin users have this address but for its casing; name it as an argument, or better the right user's id in `officers`",
}

/**
 * `npx medusa exec ./node_modules/medusa-plugin-privacy/.medusa/server/src/scripts/privacy-bind-officers.js [address …]`: binds the addresses of the
 * option `officers` to the admin users who have them. Without arguments those that stand for nobody; with arguments these, also where they stand
 * for another user so far. Exit code 1 when one of them stands for nobody afterwards.
 */
export default async function bindOfficers({ container, args }: ExecArgs): Promise<void> {
  const results = await container.resolve<PrivacyModuleService>(PRIVACY_MODULE).bindOfficers(args?.length ? args : undefined)
  if (!results.length) {
    process.stdout.write("The option `officers` names no address: there is nothing to bind.\n")
  }
  for (const { address, outcome, user_id } of results) {
    process.stdout.write(`${address}: ${OUTCOMES[outcome]}${user_id ? ` ${user_id}` : ""}.\n`)
    if (!user_id) {
      process.exitCode = 1
    }
  }
}
