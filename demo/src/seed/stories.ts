import type { Catalog } from "./catalog"
import type { Buyer, Line, OrderFlows } from "./orders"
import { inParallel } from "./run"
import type { Name } from "./story-people"

/** Most of a workflow's time is waiting for the database: that many stories at once keep both busy. */
const LANES = 4

/** Days that lie between an order and today, by the order's id. */
export type Ages = Map<string, number>

/**
 * The orders of the story customers: every state an order can be in occurs at least once.
 *
 * @returns how long ago each order was placed
 */
export async function tellOrderStories(buyers: Record<Name, Buyer>, guests: { sam: Buyer; tina: Buyer; uma: Buyer; xaver: Buyer }, catalog: Catalog, flows: OrderFlows) {
  const ages: Ages = new Map()
  const item = (handle: string, title?: string, quantity = 1): Line => ({ variant_id: catalog.variant(handle, title), quantity })
  const placed = async (days: number, ...placement: Parameters<OrderFlows["place"]>) => {
    const order = await flows.place(...placement)
    ages.set(order.id, days)
    return order
  }
  const delivered = async (days: number, buyer: Buyer, items: Line[], tracking: string, options?: Parameters<OrderFlows["place"]>[2]) => {
    const order = await placed(days, buyer, items, options)
    await flows.capture(order)
    await flows.deliver(order, tracking)
    return order
  }
  const gift = (text: string, recipient: string) => ({ gift_message: text, recipient_name: recipient })

  await inParallel(LANES, [
    // Anna: a long history, and data in every corner.
    async () => {
      await delivered(900, buyers.anna, [item("merino-shirt", "M", 2)], "DE0001001")
      await delivered(
        340,
        buyers.anna,
        [{ ...item("backpack", "Green"), metadata: gift("Happy birthday, little brother!", "Jonas Schmidt") }, item("steel-bottle", "Blue")],
        "DE0001002",
        { promo_codes: ["HELLO-ANNA"], metadata: { delivery_note: "Anna Schmidt, ring twice, gate code 4711" } }
      )
    },

    // Ben has not paid, Chloe has, David's parcel is on its way, Emma's has arrived.
    async () => {
      const order = await flows.placeUnpaid(buyers.ben, [item("tent", "Sand")])
      ages.set(order.id, 4)
    },
    async () => {
      const order = await placed(6, buyers.chloe, [item("sleeping-bag", "Long")])
      await flows.capture(order)
    },
    async () => {
      const order = await placed(9, buyers.david, [item("trekking-boots", "43"), item("merino-shirt", "L")])
      await flows.capture(order)
      await flows.ship(order, "IT0004001")
    },
    async () => await delivered(120, buyers.emma, [item("rain-jacket", "S"), item("camping-stove")], "US0005001"),

    // Felix wants to send something back; Greta has, and waits for her money; Hugo has his already; Ida changed her mind.
    async () => {
      const order = await delivered(20, buyers.felix, [item("trekking-boots", "41", 2)], "DE0006001")
      await flows.returnFirstItem(order, "Too small for my left foot since the operation. Felix Weber")
    },
    async () => {
      const order = await delivered(150, buyers.greta, [item("rain-jacket", "M"), item("steel-bottle")], "AT0007001")
      await flows.returnFirstItem(order, "The zip is stuck, please call me on +431555020", { received: true })
    },
    async () => {
      const order = await delivered(260, buyers.hugo, [item("camping-stove"), item("steel-bottle", "Blue")], "FR0008001")
      await flows.returnFirstItem(order, "Came with a dent. Hugo Bernard", { received: true })
      await flows.refund(order, await flows.owed(order), "For the dented stove of Hugo Bernard")
    },
    async () => {
      const order = await placed(45, buyers.ida, [item("tent", "Green")])
      await flows.cancel(order)
    },

    // Jack's bottle leaked, Karla wants another size, somebody is preparing an order for Liam.
    async () => {
      const order = await delivered(60, buyers.jack, [item("steel-bottle", "Steel", 2)], "US0010001")
      await flows.claimFirstItem(
        order,
        catalog.variant("steel-bottle", "Steel"),
        "Leaks at the lid, photo attached. Jack Miller",
        "https://files.example.com/claims/jack-miller-bottle.jpg"
      )
    },
    async () => {
      const order = await delivered(75, buyers.karla, [item("rain-jacket", "L")], "DE0011001")
      await flows.exchangeFirstItem(order, catalog.variant("rain-jacket", "M"), "One size smaller for Karla, please")
    },
    async () => {
      const order = await flows.placeUnpaid(buyers.liam, [item("tent", "Green", 4), item("sleeping-bag", "Regular", 4)], { draft: true })
      ages.set(order.id, 2)
    },

    // Mia's and Noah's are closed.
    async () => {
      const order = await delivered(400, buyers.mia, [item("merino-shirt", "S", 3)], "DE0013001")
      await flows.close(order)
    },
    async () => {
      const order = await delivered(1050, buyers.noah, [item("backpack", "Black")], "DE0014001")
      await flows.close(order)
      await flows.archive(order)
    },

    // Tina ordered as a guest, with capitals in her address, before she registered with the same one.
    async () => await delivered(610, guests.tina, [item("merino-shirt")], "DE0020001"),
    async () => await delivered(300, buyers.tina, [item("steel-bottle", "Blue")], "DE0020002", { promo_codes: ["WELCOME-BACK"] }),

    // Uma has an account and forgot to log in. Sam has none. Xaver lives with Anna, at the same address and telephone, and is not Anna.
    async () => await delivered(90, guests.uma, [item("camping-stove")], "US0021001"),
    async () => await delivered(200, guests.sam, [item("backpack")], "US0019001"),
    async () => await delivered(130, guests.xaver, [item("sleeping-bag")], "DE0024001"),

    // Victor used the code that is his alone.
    async () => await delivered(30, buyers.victor, [item("sleeping-bag", "Regular")], "AT0022001", { promo_codes: ["VICTOR-ONLY"] }),

    // Of Yara's order a part came back, and the money for it was sent.
    async () => {
      const order = await delivered(500, buyers.yara, [item("merino-shirt", "M", 3), item("steel-bottle")], "FR0025001")
      await flows.returnFirstItem(order, "One shirt too many", { received: true })
      await flows.refund(order, await flows.owed(order), "One shirt back from Yara Haddad")
    },
  ])

  return ages
}
