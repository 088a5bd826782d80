import type { ExecArgs } from "@medusajs/framework/types"
import { PRIVACY_MODULE } from "../modules/privacy"
import type PrivacyModuleService from "../modules/privacy/service"

/**
 * `npx medusa exec ./node_modules/medusa-plugin-privacy/.medusa/server/src/scripts/verify-audit.js`: checks the whole audit chain.
 * Exit code 0 when it holds, 1 with the first broken place when it does not.
 */
export default async function verifyAudit({ container }: ExecArgs): Promise<void> {
  const { valid, entries, unsealed, broken_at } = await container.resolve<PrivacyModuleService>(PRIVACY_MODULE).verifyAuditLog()
  const waiting = unsealed ? `, ${unsealed} not linked yet` : ""
  if (valid) {
    process.stdout.write(`The audit chain holds: ${entries} entries${waiting}.\n`)
  } else {
    process.stdout.write(`The audit chain is broken at position ${broken_at?.position}: ${broken_at?.problem} (entry ${broken_at?.entry_id ?? "missing"}).\n`)
    process.exitCode = 1
  }
}
