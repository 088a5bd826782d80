import { isStart } from "../serves-http"

const exec = { MEDUSA_WORKER_MODE: "server" }

describe("a start of the store", () => {
  it.each([
    ["a process that serves HTTP and works jobs", { workerMode: "shared", http: true, env: {} }, true],
    ["a process that only serves HTTP", { workerMode: "server", http: true, env: exec }, true],
    ["a process that only works jobs", { workerMode: "worker", http: false, env: { MEDUSA_WORKER_MODE: "worker" } }, true],
    ["a process that only works jobs by its configuration", { workerMode: "worker", http: false, env: {} }, true],
  ] as const)("is %s", (_, process, expected) => {
    expect(isStart(process)).toBe(expected)
  })

  it.each([
    ["`medusa exec`, `medusa user` or a script of `db:migrate`", { workerMode: "server", http: false, env: exec }],
    ["one of these where the configuration says shared", { workerMode: "shared", http: false, env: exec }],
    ["one of these where the configuration says worker", { workerMode: "worker", http: false, env: exec }],
  ] as const)("is not %s", (_, process) => {
    expect(isStart(process)).toBe(false)
  })
})
