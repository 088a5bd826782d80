import { guardedLookup, isPublicAddress, urlProblem, type Resolve } from "../guard"

const STRICT = { allow_http: false, allow_private: false }

describe("the address a webhook may reach", () => {
  it.each([
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255",
    "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255",
    "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::8.8.8.8", "64:ff9b:1::1", "100::1", "2001::1", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::", "3fff::1",
    "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "not an address", "",
  ])("is not %s", (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each(["1.1.1.1", "8.8.8.8", "93.184.216.34", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1", "2606:4700::1111", "2a00:1450:4001::1"])("may be %s", (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })
})

describe("the URL of a webhook", () => {
  it.each([
    ["https://127.0.0.1/", /private/], ["https://2130706433/", /private/], ["https://0x7f000001/", /private/], ["https://0177.0.0.1/", /private/],
    ["https://127.1/", /private/], ["https://0x7f.1/", /private/], ["https://[::1]/", /private/], ["https://[::ffff:127.0.0.1]/", /private/],
    ["https://[64:ff9b::a00:1]/", /private/], ["https://169.254.169.254/latest/meta-data", /private/], ["https://localhost/", /private/],
    ["https://a.localhost/", /private/], ["https://localhost./", /private/], ["https://printer.local/", /private/], ["https://metadata.google.internal/", /private/],
    ["https://１２７.0.0.1/", /private/], ["https://127。0。0。1/", /private/],
    ["http://example.com/", /https/], ["ftp://example.com/", /https/], ["file:///etc/passwd", /https/], ["gopher://example.com", /https/],
    ["https://user:secret@example.com/", /user name/], ["https://user@example.com/", /user name/], ["example.com", /not a URL/], ["", /not a URL/],
  ])("is refused: %s", (url, problem) => {
    expect(urlProblem(url, STRICT)).toMatch(problem)
  })

  it("may be any public https address, and more where the options say so", () => {
    expect(urlProblem("https://hooks.example.com:8443/a?b=c", STRICT)).toBeNull()
    expect(urlProblem("https://8.8.8.8/", STRICT)).toBeNull()
    expect(urlProblem("http://example.com/", { ...STRICT, allow_http: true })).toBeNull()
    expect(urlProblem("http://127.0.0.1:9000/", { ...STRICT, allow_http: true })).toMatch(/private/)
    expect(urlProblem("http://127.0.0.1:9000/", { allow_http: true, allow_private: true })).toBeNull()
  })
})

describe("the name resolution of a webhook's connection", () => {
  const answers = (...addresses: string[]): Resolve => (_host, _options, done) => done(null, addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })))
  const look = (ask: Resolve, all = true) =>
    new Promise<unknown>((resolve) => guardedLookup(ask)("example.com", { all } as never, (error, address) => resolve(error ?? address)))

  it("hands on public addresses, all or one", async () => {
    expect(await look(answers("8.8.8.8", "2606:4700::1111"))).toEqual([{ address: "8.8.8.8", family: 4 }, { address: "2606:4700::1111", family: 6 }])
    expect(await look(answers("8.8.8.8"), false)).toBe("8.8.8.8")
  })

  it.each([["private", ["10.0.0.1"]], ["public and private mixed", ["8.8.8.8", "127.0.0.1"]], ["mapped", ["::ffff:10.0.0.1"]], ["no", []]])(
    "refuses %s addresses",
    async (_, addresses) => {
      expect(await look(answers(...addresses))).toMatchObject({ name: "RefusedAddress" })
    }
  )

  it("hands on the failure of a name server", async () => {
    expect(await look((_host, _options, done) => done(Object.assign(new Error("x"), { code: "ENOTFOUND" }), []))).toMatchObject({ code: "ENOTFOUND" })
  })
})
