import { z } from "@medusajs/framework/zod"
import { startFake, type FakeAnswer, type FakeRequest } from "./fake-server"

const WRITE_KEY = "segment-write-key"
const API_TOKEN = "segment-api-token"

export const segmentKeys = { write_key: WRITE_KEY, api_token: API_TOKEN }

const batch = z
  .object({
    batch: z
      .array(
        z
          .object({
            type: z.literal("track"), event: z.literal("User Deleted"), userId: z.string().min(1), messageId: z.string().min(1).max(100),
            properties: z.object({}).strict(), context: z.object({ library: z.object({ name: z.string() }).strict() }).strict(),
          })
          .strict()
      )
      .min(1),
  })
  .strict()

const regulation = z
  .object({
    regulationType: z.enum(["SUPPRESS_WITH_DELETE", "DELETE_ONLY", "SUPPRESS_WITH_DELETE_INTERNAL", "DELETE_INTERNAL", "SUPPRESS_ONLY", "UNSUPPRESS"]),
    subjectType: z.enum(["USER_ID", "OBJECT_ID"]),
    subjectIds: z.array(z.string().min(1)).min(1).max(5000),
  })
  .strict()

const PERMITTED = { tracks: 512_000, regulation: 4 * 1024 * 1024 }

/** Segment as its documentation has it: refuses wrong shapes, drops repeated messages, counts what it was made to do. */
export async function startSegment() {
  const state = {
    /** User ids by message id: what Segment takes for one event however often it is sent. */
    tracked: new Map<string, string>(),
    regulations: new Map<string, { type: string; ids: string[]; looks: number }>(),
    /** What the regulation's status is at its n-th look. */
    progress: (_look: number): { overallStatus: string; destinations?: Record<string, string> } => ({ overallStatus: "FINISHED", destinations: { Amplitude: "FINISHED" } }),
  }
  const problem = (status: number, message: string): FakeAnswer => ({ status, json: { errors: [{ type: "bad-request", message }] } })

  function answer({ method, path, headers, body }: FakeRequest): FakeAnswer {
    if (path === "/v1/batch") {
      if (headers.authorization !== `Basic ${Buffer.from(`${WRITE_KEY}:`).toString("base64")}`) {
        return problem(401, "invalid write key")
      }
      const parsed = batch.safeParse(JSON.parse(body))
      if (method !== "POST" || !parsed.success || body.length > PERMITTED.tracks) {
        return problem(400, `malformed batch: ${parsed.error?.message ?? body.length}`)
      }
      parsed.data.batch.forEach(({ messageId, userId }) => state.tracked.set(messageId, userId))
      return { json: { success: true } }
    }
    if (headers.authorization !== `Bearer ${API_TOKEN}`) {
      return problem(403, "invalid token")
    }
    if (method === "POST" && path === "/regulations") {
      const parsed = regulation.safeParse(JSON.parse(body))
      if (!parsed.success || body.length > PERMITTED.regulation) {
        return problem(400, "malformed regulation")
      }
      const id = `reg_${state.regulations.size + 1}`
      state.regulations.set(id, { type: parsed.data.regulationType, ids: parsed.data.subjectIds, looks: 0 })
      return { json: { data: { regulateId: id } } }
    }
    const found = state.regulations.get(path.replace("/regulations/", ""))
    if (method === "GET" && found) {
      found.looks += 1
      const { overallStatus, destinations = {} } = state.progress(found.looks)
      return {
        json: {
          data: {
            regulation: {
              id: path.replace("/regulations/", ""), workspaceId: "ws_1", overallStatus, createdAt: "2026-01-01T00:00:00Z", finishedAt: null,
              streamStatus: [
                { id: "source_1", destinationStatus: Object.entries(destinations).map(([name, status], index) => ({ name, id: `dst_${index}`, status, errString: "", finishedAt: null })) },
              ],
            },
          },
        },
      }
    }
    return problem(404, "not found")
  }
  return Object.assign(await startFake(answer), { state })
}

export type FakeSegment = Awaited<ReturnType<typeof startSegment>>
