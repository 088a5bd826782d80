export { fileErasureRequestStep } from "./steps/file-erasure-request"
export { customersErasedWorkflow, type CustomerErased, type CustomersErased } from "./workflows/customers-erased"
export { eraseCustomerWorkflow } from "./workflows/erase-customer"
