import { lookup as resolve, type LookupAddress } from "node:dns"
import { BlockList, isIP, type LookupFunction } from "node:net"

/**
 * IPv4 blocks that are not somebody's public server (IANA special-purpose registry): this host, private, CGNAT, loopback, link-local,
 * protocol assignments, documentation, 6to4 relays, benchmarks, multicast, reserved and broadcast.
 */
const REFUSED_V4: [string, number][] = [
  ["0.0.0.0", 8], ["10.0.0.0", 8], ["100.64.0.0", 10], ["127.0.0.0", 8], ["169.254.0.0", 16], ["172.16.0.0", 12], ["192.0.0.0", 24],
  ["192.0.2.0", 24], ["192.88.99.0", 24], ["192.168.0.0", 16], ["198.18.0.0", 15], ["198.51.100.0", 24], ["203.0.113.0", 24], ["224.0.0.0", 4],
  ["240.0.0.0", 4],
]

/** In IPv6 only global unicast may be called: everything else (loopback, mapped, NAT64, unique local, link-local, multicast) lies outside. */
const ALLOWED_V6: [string, number] = ["2000::", 3]

/** Inside global unicast: protocol assignments with Teredo and ORCHID, documentation, 6to4 (which carries any IPv4 address). */
const REFUSED_V6: [string, number][] = [["2001::", 23], ["2001:db8::", 32], ["2002::", 16], ["3fff::", 20]]

const refusedV4 = new BlockList()
REFUSED_V4.forEach(([net, prefix]) => refusedV4.addSubnet(net, prefix, "ipv4"))
const allowedV6 = new BlockList()
allowedV6.addSubnet(...ALLOWED_V6, "ipv6")
const refusedV6 = new BlockList()
REFUSED_V6.forEach(([net, prefix]) => refusedV6.addSubnet(net, prefix, "ipv6"))

/** True for an address on the public internet. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !refusedV4.check(address, "ipv4")
    case 6:
      return !address.includes("%") && allowedV6.check(address, "ipv6") && !refusedV6.check(address, "ipv6")
    default:
      return false
  }
}

/** The address is one that a webhook must not reach. Says neither which host nor which address it was. */
export class RefusedAddressError extends Error {
  override readonly name = "RefusedAddress"
  constructor() {
    super("The URL leads to a private, local or reserved address, which webhooks must not call.")
  }
}

export interface WebhookRules {
  allow_http: boolean
  allow_private: boolean
}

/**
 * What is wrong with a webhook's URL, or null. Only what can be seen without asking the network: where a name leads is checked when the
 * connection is made. The URL parser has turned decimal, octal and hexadecimal forms of an address into the usual one.
 */
export function urlProblem(text: string, { allow_http, allow_private }: WebhookRules): string | null {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return "is not a URL"
  }
  if (url.protocol !== "https:" && !(allow_http && url.protocol === "http:")) {
    return allow_http ? "must begin with https:// or http://" : "must begin with https://"
  }
  if (url.username || url.password) {
    return "must not carry a user name or password"
  }
  if (!allow_private && !mayBePublic(url)) {
    return "leads to a private, local or reserved address"
  }
  return null
}

const LOCAL_NAMES = /(^|\.)(localhost|local|internal|home\.arpa)\.?$/i

function mayBePublic({ hostname }: URL): boolean {
  const literal = hostname.replace(/^\[|\]$/g, "")
  return isIP(literal) ? isPublicAddress(literal) : !LOCAL_NAMES.test(hostname)
}

export type Resolve = (hostname: string, options: { all: true; verbatim: true }, done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void) => void

/**
 * The name resolution of the connection itself: what it answers is what is connected to, so that a second, other answer of the name
 * server finds nobody who asks. One refused address among several refuses all.
 */
export const guardedLookup =
  (ask: Resolve = resolve as Resolve): LookupFunction =>
  (hostname, options, done) => {
    ask(hostname, { all: true, verbatim: true }, (error, addresses) => {
      if (error) {
        return done(error, "", 0)
      }
      if (!addresses.length || addresses.some(({ address }) => !isPublicAddress(address))) {
        return done(new RefusedAddressError() as NodeJS.ErrnoException, "", 0)
      }
      if ((options as { all?: boolean }).all) {
        return (done as unknown as (error: null, addresses: LookupAddress[]) => void)(null, addresses)
      }
      done(null, addresses[0].address, addresses[0].family)
    })
  }
