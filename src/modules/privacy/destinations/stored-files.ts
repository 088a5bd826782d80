import type { IFileModuleService } from "@medusajs/framework/types"
import { removeStored } from "../archives/storage"

/** What the file providers of Medusa say of themselves. */
interface KnownProvider {
  config_?: { fileUrl?: string }
  backendUrl_?: string
}

/** A key that no provider gives a file: names only where the keys begin in a URL. */
const PROBE = "privacy-probe-of-base"

/**
 * URLs below which the store's file provider puts its files: as Medusa's providers have it in their options, and as any provider shows it in
 * the links it signs.
 */
async function fileBases(files: IFileModuleService): Promise<URL[]> {
  const { fileProvider_: provider } = (files.getProvider() as unknown as { fileProvider_?: KnownProvider }) ?? {}
  const signed = await files.retrieveFile(PROBE).then(
    ({ url }) => url,
    // A provider that looks whether the file is there signs nothing for one that is not.
    () => null
  )
  const beforeProbe = signed && parsed(signed)?.href.split(PROBE)
  const known = [provider?.config_?.fileUrl, provider?.backendUrl_, beforeProbe && beforeProbe.length > 1 ? beforeProbe[0] : null]
  const bases = known.flatMap((url) => parsed(url) ?? [])
  return bases.length ? bases : baseByUpload(files)
}

/** Of a provider that says neither, a small file shows how its URLs are made. */
async function baseByUpload(files: IFileModuleService): Promise<URL[]> {
  const { id, url } = await files.createFiles({ filename: `${PROBE}.txt`, mimeType: "text/plain", content: "cHJvYmU=", access: "public" })
  await files.deleteFiles(id)
  const base = parsed(url)
  if (!base || !decoded(base.pathname).endsWith(`/${id}`)) {
    throw new Error("The file provider's URLs do not end in its keys: what a claim's picture is called in its storage cannot be told")
  }
  base.pathname = decoded(base.pathname).slice(0, -id.length)
  return [base]
}

/** Whose URLs these are: `own` ones were made by the store itself, under whichever host it had then; others may be of anybody's storage. */
interface Origin {
  own: boolean
}

/**
 * The key of a file below one of the bases; null for what lies elsewhere: a partner's picture, whose name says nothing about the store's own files.
 */
function keyOf(url: string, bases: URL[], { own }: Origin): string | null {
  for (const base of bases) {
    // A path alone, as some stores keep it, is one of the store's own.
    const found = parsed(url, base)
    const folder = base.pathname.replace(/\/*$/, "/")
    if (found && (own || found.host === base.host) && found.pathname.startsWith(folder)) {
      const key = decoded(found.pathname.slice(folder.length)).replace(/^\/+/, "")
      return key && !key.split("/").includes("..") ? key : null
    }
  }
  return null
}

/**
 * Removes the store's own files among these and makes sure of it. All of them are tried: one that the storage keeps does not keep the others.
 *
 * @throws Error when the storage still has one of them
 */
export async function removeFiles(files: IFileModuleService, urls: string[], origin: Origin = { own: false }): Promise<void> {
  if (!urls.length) {
    return
  }
  const bases = await fileBases(files)
  const keys = new Set(urls.flatMap((url) => keyOf(url, bases, origin) ?? []))
  let failure: unknown = null
  for (const key of keys) {
    try {
      await removeStored(key, files)
    } catch (error) {
      failure ??= error
    }
  }
  if (failure) {
    throw failure
  }
}

function parsed(url: string | null | undefined, base?: URL): URL | null {
  try {
    return url ? new URL(url, base) : null
  } catch {
    return null
  }
}

/** A path with a stray percent sign was never encoded: it is the key as it stands. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
