import type { MedusaContainer } from "@medusajs/framework/types"
import type { ReturnWorkflow } from "@medusajs/framework/workflows-sdk"

/** Runs a workflow and gives its result. */
export async function run<I, O>(container: MedusaContainer, workflow: ReturnWorkflow<I, O, any>, input: NoInfer<I>): Promise<O> {
  const { result } = await workflow(container).run({ input: input as any })
  return result as O
}

/** Runs pieces of work side by side, so many at a time. */
export async function inParallel(lanes: number, work: (() => Promise<unknown>)[]) {
  const waiting = [...work]
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        await next()
      }
    })
  )
}
