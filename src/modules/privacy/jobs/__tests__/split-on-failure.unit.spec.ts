import { SplitOnFailure } from "../split-on-failure"

const deadlock = () => Object.assign(new Error("deadlock detected"), { code: "40P01" })

/** Works the numbers below `count` off, and notes the sizes of all attempts. */
async function workOff(count: number, fails: (claimed: number[]) => Error | null, isFinal?: (error: unknown) => boolean) {
  const open = new Set(Array.from({ length: count }, (_, number) => number))
  const sizes: number[] = []
  const parked: number[] = []
  const chunks = new SplitOnFailure<number>(
    8,
    async (number) => {
      parked.push(number)
      open.delete(number)
    },
    isFinal
  )
  const attempt = () =>
    chunks.run(async (chunk) => {
      chunk.claimed = [...open].slice(0, chunk.limit)
      sizes.push(chunk.claimed.length)
      const error = fails(chunk.claimed)
      if (error) {
        throw error
      }
      chunk.claimed.forEach((number) => open.delete(number))
      return chunk.claimed.length
    })
  while (await attempt()) {
    // until nothing is left
  }
  return { sizes, parked }
}

it("halves a chunk that fails until the item that makes it fail stands alone, parks that one and grows again", async () => {
  const { sizes, parked } = await workOff(16, (claimed) => (claimed.includes(3) ? new Error("poison") : null))
  expect(parked).toEqual([3])
  expect(sizes).toEqual([8, 4, 2, 4, 2, 1, 2, 1, 1, 2, 4, 5, 0])
})

it("tries a deadlock again as it is, and splits only what deadlocks again and again", async () => {
  let deadlocks = 0
  const { sizes, parked } = await workOff(8, () => (deadlocks++ < 2 ? deadlock() : null))
  expect(sizes).toEqual([8, 8, 8, 0])
  expect(parked).toEqual([])
  deadlocks = 0
  expect((await workOff(8, () => (deadlocks++ < 6 ? deadlock() : null))).sizes.slice(0, 7)).toEqual([8, 8, 8, 8, 8, 8, 4])
})

it("throws what broke the connection, what is final, and what failed before anything was taken", async () => {
  const lost = Object.assign(new Error("gone"), { code: "57P01" })
  await expect(workOff(8, () => lost)).rejects.toBe(lost)
  const final = new Error("final")
  await expect(workOff(8, () => final, (error) => error === final)).rejects.toBe(final)
  const early = new Error("early")
  await expect(workOff(0, () => early)).rejects.toBe(early)
})
