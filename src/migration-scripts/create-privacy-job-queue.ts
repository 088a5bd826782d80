import type { ExecArgs } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { installJobQueue } from "../modules/privacy/jobs/job-engine"

/**
 * Part of `medusa db:migrate`: creates the schema of the job queue as the role that migrates, so that a missing right is seen there and not
 * in a running shop.
 */
export default async function createPrivacyJobQueue({ container }: Pick<ExecArgs, "container">): Promise<void> {
  await installJobQueue(container.resolve(ContainerRegistrationKeys.PG_CONNECTION))
}
