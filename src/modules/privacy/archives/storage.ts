import type { Writable } from "node:stream"
import { container } from "@medusajs/framework"
import type { IFileModuleService } from "@medusajs/framework/types"
import { MedusaError, Modules } from "@medusajs/framework/utils"

const fileModule = () => container.resolve<IFileModuleService>(Modules.FILE)

/** A file being written into Medusa's File Module. */
export interface Upload {
  /** The file's key in the storage; null where the provider tells it only at the end. */
  key: string | null
  /** Resolves when the storage can take more. */
  write(chunk: Buffer): Promise<void>
  /** Resolves with the key when the storage has all of it. */
  end(): Promise<string>
  /** Gives up; what was written so far is to be removed by its key. */
  abort(): Promise<void>
}

/** The storage did not take the archive: its disk is full, it is down, it does not let us in. */
export class StorageRefused extends Error {
  constructor(cause: unknown) {
    const { code, name } = cause as { code?: string; name?: string }
    // Its own words may quote paths and keys; the kind of failure is enough to act on.
    super(`The file storage refused the archive (${code ?? name ?? "unknown error"}). Make room in it or mend it, then resume the request.`)
    this.name = "StorageRefused"
  }
}

/** What a provider without upload streams is given in one piece, and so has to fit into memory. */
const MOST_IN_ONE_PIECE = 64 * 1024 * 1024

/** Begins a file. Whatever it is called, nobody can guess its key. */
export async function beginUpload(filename: string): Promise<Upload> {
  const description = { filename, mimeType: "application/octet-stream", access: "private" as const }
  let stream: Awaited<ReturnType<IFileModuleService["getUploadStream"]>>
  try {
    stream = await fileModule().getUploadStream(description)
  } catch (error) {
    if (/must be overridden|is not a function/.test((error as Error).message)) {
      return inOnePiece(description)
    }
    throw new StorageRefused(error)
  }
  return streaming(stream.writeStream, stream.promise, stream.fileKey)
}

function streaming(stream: Writable, done: Promise<{ key: string }>, key: string): Upload {
  let failure: Error | null = null
  const fail = (error: unknown) => {
    failure ??= error instanceof Error ? error : new Error(String(error))
    waiting?.()
  }
  let waiting: (() => void) | undefined
  // The storage may refuse at any moment, also while nobody waits for it.
  stream.on("error", fail)
  const ended = done.catch((error) => {
    fail(error)
    return null
  })
  const check = () => {
    if (failure) {
      throw new StorageRefused(failure)
    }
  }
  return {
    key,
    async write(chunk) {
      check()
      if (!stream.write(chunk)) {
        await new Promise<void>((resolve) => {
          waiting = resolve
          stream.once("drain", resolve)
        })
        waiting = undefined
      }
      check()
    },
    async end() {
      check()
      stream.end()
      const stored = await ended
      check()
      return stored?.key ?? key
    },
    async abort() {
      fail(new Error("The archive was given up."))
      stream.destroy()
      // A provider that waits for an end that does not come must not hold us up.
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 5000).unref())])
    },
  }
}

function inOnePiece(description: { filename: string; mimeType: string; access: "private" }): Upload {
  const chunks: Buffer[] = []
  let held = 0
  return {
    key: null,
    async write(chunk) {
      held += chunk.length
      if (held > MOST_IN_ONE_PIECE) {
        throw new MedusaError(
          MedusaError.Types.NOT_ALLOWED,
          `The file provider takes no streams, and the archive is larger than ${MOST_IN_ONE_PIECE / 2 ** 20} MiB. ` +
            "Use a provider with getUploadStream (file-local, file-s3), or extract fewer customers per request."
        )
      }
      chunks.push(chunk)
    },
    async end() {
      try {
        const [{ id }] = await fileModule().createFiles([{ ...description, content: Buffer.concat(chunks).toString("base64") }])
        return id
      } catch (error) {
        throw new StorageRefused(error)
      }
    },
    async abort() {
      chunks.splice(0)
    },
  }
}

/** The file as a stream. */
export async function readStored(key: string, files = fileModule()): Promise<AsyncIterable<Buffer>> {
  try {
    return (await files.getDownloadStream(key)) as AsyncIterable<Buffer>
  } catch (error) {
    if (!/must be overridden|is not a function/.test((error as Error).message)) {
      throw error
    }
    const content = await files.getAsBuffer(key)
    return (async function* () {
      yield content
    })()
  }
}

/** How storages say that there is no such file. */
const GONE = /^(ENOENT|NoSuchKey|NotFound|404)$/

const isGone = (error: unknown) => {
  const { code, name, $metadata } = error as { code?: string; name?: string; $metadata?: { httpStatusCode?: number } }
  return GONE.test(String(code)) || GONE.test(String(name)) || $metadata?.httpStatusCode === 404
}

/**
 * Removes a file and makes sure that it is gone: some providers swallow their errors. Removing what is not there does nothing.
 *
 * @throws Error when it is still there or nobody can say
 */
export async function removeStored(key: string, files = fileModule()): Promise<void> {
  await files.deleteFiles([key])
  try {
    for await (const _ of await readStored(key, files)) {
      break
    }
  } catch (error) {
    if (isGone(error)) {
      return
    }
    throw error
  }
  throw new MedusaError(MedusaError.Types.UNEXPECTED_STATE, "The file storage still has the file.")
}
