import { WorkflowManager } from "@medusajs/framework/orchestration"
import { createHook, createWorkflow, WorkflowResponse, type WorkflowData } from "@medusajs/framework/workflows-sdk"

/** What is said of an erased customer: ids and a keyed hash, never the data that was erased. */
export interface CustomerErased {
  request_id: string
  subject_id: string
  reference: string
  method: "anonymize" | "delete"
  /** Ids of the account and of the guest records that belonged to it. */
  customer_ids: string[]
  identifier_hash: string
  /** The same at every attempt: repeats are told apart by it. */
  delivery_id: string
  occurred_at: Date | string
}

/** What the hook `erased` is given. */
export interface CustomersErased {
  /** One for a single erasure, up to a hundred in a bulk request. */
  customers: CustomerErased[]
}

/**
 * Runs after erasures were committed, at least once for every erased customer: handlers tell repeats apart by `delivery_id`. A handler that
 * throws is called with each customer alone, and again later with those it threw for; what was erased stays erased. Runs only where the
 * hook `erased` has a handler.
 *
 * @example
 * customersErasedWorkflow.hooks.erased(async ({ customers }, { container }) => {
 *   for (const { customer_ids, delivery_id } of customers) {
 *     await container.resolve("newsletter").forget(customer_ids, { key: delivery_id })
 *   }
 * })
 */
export const customersErasedWorkflow = createWorkflow("customers-erased", (input: WorkflowData<CustomersErased>) => {
  const erased = createHook("erased", input)
  return new WorkflowResponse(input, { hooks: [erased] as const })
})

const handlerOfHook = () => WorkflowManager.getWorkflow(customersErasedWorkflow.getName())?.handlers_.get("erased")

/** What a hook does that nobody handles. */
const nothing = handlerOfHook()

/** True where there is somebody to call. */
export const hasErasedHandler = () => handlerOfHook() !== nothing
