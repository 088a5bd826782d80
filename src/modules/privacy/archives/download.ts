import { unseal, type ByteRange } from "./cipher"
import type { OpenedFile } from "./list-files"
import { readStored } from "./storage"

/**
 * The bytes of an archive, decrypted as they are sent. The first piece is read before anything is answered: a file that is missing or damaged
 * is then an error and no torn download.
 */
export async function readArchive({ id, key, size, storageKey }: OpenedFile, range: ByteRange): Promise<AsyncIterable<Buffer>> {
  const bytes = unseal(await readStored(storageKey), { key, fileId: id, size, range })
  const first = await bytes.next()
  return (async function* () {
    if (!first.done) {
      yield first.value
      yield* bytes
    }
  })()
}
