/**
 * SQL condition: the ledger knows somebody by one of these keyed hashes. An entry has the hash of what was filed and of every address the
 * subject was known by, so that any of them answers.
 *
 * @param hashes SQL of type text[]: the identifier's hash under every configured key
 */
export const isErasedByHash = (hashes: string) =>
  `EXISTS (SELECT 1 FROM privacy_ledger_entry AS known WHERE known.identifier_hashes && ${hashes} AND known.deleted_at IS NULL)`
