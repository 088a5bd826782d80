import { PassThrough } from "node:stream"
import { setTimeout as wait } from "node:timers/promises"
import { writeSlowly } from "../write-slowly"

const LINE = "x".repeat(1000)

describe("writing to a client", () => {
  it("waits until it has read what was sent", async () => {
    const client = new PassThrough({ highWaterMark: 500 })
    let written = false
    const writing = writeSlowly(client, LINE).then(() => (written = true))
    await wait(20)
    expect(written).toBe(false)
    client.resume()
    await writing
    expect(client.writableLength).toBe(0)
  })

  it("ends when the client goes", async () => {
    const client = new PassThrough({ highWaterMark: 500 })
    const writing = writeSlowly(client, LINE)
    client.destroy()
    await expect(writing).rejects.toThrow(/abort/i)
    await expect(writeSlowly(client, LINE)).rejects.toThrow("The client has gone.")
  })

  it("ends when the client reads nothing for too long", async () => {
    const client = new PassThrough({ highWaterMark: 500 })
    await expect(writeSlowly(client, LINE, 20)).rejects.toThrow(/abort/i)
  })
})
