export { fileErasureRequestStep } from "./steps/file-erasure-request"
export { customerErasedWorkflow, type CustomerErased } from "./workflows/customer-erased"
export { eraseCustomerWorkflow } from "./workflows/erase-customer"
