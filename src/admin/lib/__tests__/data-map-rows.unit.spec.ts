import { DataMap } from "../contract"
import { filterDataMapRows, groupByKind, toDataMapRows } from "../data-map-rows"

const toDataMap = (emailStrategy: string): DataMap => ({
  tables: [
    {
      table: "customer",
      kind: "customers",
      module: "customer",
      columns: [
        {
          name: "email",
          category: "contact",
          strategy: emailStrategy,
          removed: true,
        },
        {
          name: "first_name",
          category: "identity",
          strategy: "null",
          removed: true,
        },
      ],
    },
    {
      table: "order_address",
      kind: "addresses",
      module: "order",
      columns: [
        { name: "city", category: "location", strategy: "keep", removed: false },
        {
          name: "address_1",
          category: "location",
          strategy: "null",
          removed: true,
        },
      ],
    },
  ],
  strategies: [],
  coverage: { tables: 2, columns: 4, personal: 4, unclassified: [] },
})

describe("the rows of the data map", () => {
  const rows = toDataMapRows(toDataMap("pseudonym"), toDataMap("delete_row"))

  it("hold both methods side by side", () => {
    expect(rows.find(({ id }) => id === "customer.email")).toMatchObject({
      anonymize: "pseudonym",
      delete: "delete_row",
    })
  })

  it.each([
    [{}, 4],
    [{ text: " CITY " }, 1],
    [{ text: "pseudo" }, 1],
    [{ categories: ["location"] }, 2],
    [{ categories: ["location", "contact"] }, 3],
    [{ kinds: ["customers"], categories: ["location"] }, 0],
  ])("are filtered by %j", (filter, count) => {
    expect(filterDataMapRows(rows, filter)).toHaveLength(count)
  })
})

it("groups the data map by kind, with what is removed and kept", () => {
  expect(groupByKind(toDataMap("pseudonym"))).toMatchObject([
    { kind: "customers", removed: 2, kept: 0 },
    { kind: "addresses", removed: 1, kept: 1 },
  ])
})
