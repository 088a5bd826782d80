import { findFileProblem } from "../upload-file"

describe("an uploaded file", () => {
  it.each([
    ["list.txt", 10, undefined],
    ["LIST.CSV", 10, undefined],
    ["list.pdf", 10, "format"],
    ["csv", 10, "format"],
    ["list.csv", 0, "empty"],
  ])("%s of %d bytes is judged by name and size", (name, size, expected) => {
    expect(findFileProblem([{ name, size }])).toBe(expected)
  })

  it("comes alone", () => {
    const file = { name: "list.csv", size: 1 }

    expect(findFileProblem([file, file])).toBe("many")
  })
})
