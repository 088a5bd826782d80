import type { Http } from "./http"
import { ok } from "./http"
import { finished } from "./requests"
import type { TestStore } from "./test-store"
import { unzip, unzipTest } from "./unzip"

/** Asks for an extract as the customer page does and waits for its end. */
export async function extract(store: TestStore, customerId: string, format: "json" | "csv" = "json") {
  const { privacy_request } = await ok(store.officer.post(`/admin/customers/${customerId}/extract`, { format }))
  return finished(store, privacy_request.id)
}

export const filesOf = async (store: TestStore, requestId: string) => (await ok(store.officer.get(`/admin/privacy-requests/${requestId}/files`))).files

/** Downloads one archive and opens it. */
export async function openArchive(http: Http, requestId: string, fileId: string): Promise<Map<string, Buffer>> {
  const { status, bytes } = await http.download(`/admin/privacy-requests/${requestId}/files/${fileId}/download`)
  if (status !== 200) {
    throw new Error(`The download answered ${status}: ${bytes.toString().slice(0, 300)}`)
  }
  if (!unzipTest(bytes).includes("No errors detected")) {
    throw new Error("unzip -t found errors")
  }
  return unzip(bytes)
}

/** All archives of a request, opened, one after the other. */
export async function openArchives(store: TestStore, requestId: string): Promise<Map<string, Buffer>[]> {
  const archives: Map<string, Buffer>[] = []
  for (const { id, status } of await filesOf(store, requestId)) {
    if (status === "ready") {
      archives.push(await openArchive(store.officer, requestId, id))
    }
  }
  return archives
}

export const parsed = (file: Buffer | undefined) => JSON.parse((file as Buffer).toString("utf8"))
