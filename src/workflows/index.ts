export { fileErasureRequestStep } from "./steps/file-erasure-request"
export { eraseCustomerWorkflow } from "./workflows/erase-customer"
