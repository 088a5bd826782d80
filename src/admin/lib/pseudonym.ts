/** The domain of the addresses that stand in for erased ones; see the strategy `pseudonym` of the privacy module. */
const PSEUDONYM_DOMAIN = "@erased.invalid"

/** True for an address that an erasure left behind. */
export const isPseudonym = (email: string | null | undefined): boolean => Boolean(email?.endsWith(PSEUDONYM_DOMAIN))
