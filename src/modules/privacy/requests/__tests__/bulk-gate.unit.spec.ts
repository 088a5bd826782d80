import { isWithin } from "../bulk-gate"

describe("the hours of bulk requests", () => {
  it.each([
    [{ from: 9, to: 17 }, [9, 12, 16], [8, 17, 23, 0]],
    [{ from: 22, to: 6 }, [22, 23, 0, 5], [6, 12, 21]],
    [{ from: 0, to: 23 }, [0, 22], [23]],
  ])("%j", (window, inside, outside) => {
    expect(inside.map((hour) => isWithin(hour, window))).toEqual(inside.map(() => true))
    expect(outside.map((hour) => isWithin(hour, window))).toEqual(outside.map(() => false))
  })
})
