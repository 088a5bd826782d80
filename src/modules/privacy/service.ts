import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Logger } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaService } from "@medusajs/framework/utils"
import { readRequestHistory, type HistoryEntry } from "./audit/history"
import { recordAudit, SYSTEM, type Actor, type AuditEvent } from "./audit/record"
import { recordRefusal, tellRefusals, type Refusal } from "./audit/refusals"
import { listAudit, type AuditEntryView } from "./audit/list"
import { readArchive } from "./archives/download"
import { abandonFiles, expireFiles } from "./archives/files"
import { listFiles, noteDownload, openFile, type OpenedFile, type PrivacyFileView } from "./archives/list-files"
import { sweepArchives } from "./archives/remove"
import type { ByteRange } from "./archives/cipher"
import { sealAudit, verifyChain, type ChainReport } from "./audit/chain"
import { readCustomerPrivacy, type CustomerPrivacy } from "./customers/customer-privacy"
import { LOCK, tryLock } from "./database/locks"
import { inTransaction, type Session } from "./database/session"
import { coverageLine, refuseUnclassified } from "./data-map/coverage"
import { DataMap } from "./data-map/data-map"
import type { Method } from "./data-map/definition"
import { describeDataMap, type DataMapView } from "./data-map/describe"
import { changeDelivery, type DeliveryAction } from "./deliveries/change"
import type { KeyPage, KeyPaged } from "./database/key-page"
import { listDeliveries, readDelivery, type DeliveryAttemptView, type DeliveryFilters, type DeliveryView } from "./deliveries/list"
import { noteOverdue } from "./deliveries/overdue"
import { DESTINATIONS, type Destination } from "./destinations/registry"
import type { Environment } from "./erasure/erasure-request"
import { findUnknownCustomer } from "./erasure/unknown-customer"
import { buildIndexes, hasIndexesToBuild } from "./indexes/build-indexes"
import { readIndexes, type IndexView } from "./indexes/read-indexes"
import { requestIndexes } from "./indexes/request-indexes"
import { couriers } from "./jobs/couriers"
import { Dispatcher } from "./jobs/dispatcher"
import { isRefusal, safeMessage } from "./jobs/errors"
import { JobEngine, queueOf } from "./jobs/job-engine"
import { noteShopper } from "./jobs/shop-first"
import { checkKeys, refuseOtherKey, type KeyProblem } from "./keys/check-keys"
import * as models from "./models"
import { parseOptions, type PrivacyOptions, type PrivacyPluginOptions } from "./options"
import { bindOfficers, refuseGreaterGrant, refuseUnbound, resolveOfficers, type BindResult } from "./permissions/bind-officers"
import { isLiveUser, readPermissions } from "./permissions/grants"
import { viewOfficers, type OfficerView } from "./permissions/officers"
import type { Permission } from "./permissions/permissions"
import { isStart } from "./permissions/serves-http"
import {
  createProfile, deleteProfile, listProfiles, readProfile, updateProfile, type Profile, type ProfileInput,
} from "./profiles/profiles"
import { isErased } from "./customers/erased-customers"
import { placeLegalHold, releaseLegalHold } from "./holds/legal-holds"
import type { Hold } from "./holds/find-holds"
import { confirmationOf, fileErasure, type ErasureInput } from "./requests/file-erasure"
import {
  listRequests, listSubjects, readRequest, type Page, type PrivacyRequestView, type PrivacySubjectView, type RequestFilters, type RequestOrder,
  type SubjectFilters,
} from "./requests/read-requests"
import { fileBulk, previewBulk, unmatchedOf, type BulkInput, type BulkPreview, type BulkRequest } from "./requests/bulk-request"
import { extendRequest } from "./requests/extend-request"
import { remindOfDueDates } from "./requests/remind-due"
import { checkSubject } from "./requests/check-subject"
import { retrySubject } from "./requests/retry-subject"
import { changeState } from "./requests/change-state"
import { openRequests, releaseScheduled, restingExtracts } from "./requests/request-state"
import { stopRequest } from "./requests/stop-request"
import { fileExtract, repeatExtract, type ExtractInput } from "./requests/file-extract"
import type { RequestAction } from "./requests/transitions"
import { identifierKinds } from "./subjects/identifier-types"
import { acceptPresentIdentity } from "./subjects/identity"
import type { ReconciledLine } from "./subjects/reconcile"
import { sweep } from "./sweep/sweep"
import { runRequest } from "./requests/run-request"
import {
  createWebhook, deleteWebhook, listWebhooks, readWebhook, rotateSecret, testWebhook, updateWebhook, type WebhookInput, type WebhookView,
} from "./webhooks/endpoints"

type Dependencies = {
  [ContainerRegistrationKeys.PG_CONNECTION]: Knex
  [ContainerRegistrationKeys.LOGGER]: Logger
  [DESTINATIONS]?: Destination[]
  [ContainerRegistrationKeys.CONFIG_MODULE]: { projectConfig: { workerMode?: "shared" | "worker" | "server" } }
}

/** Milliseconds until a job queue that did not start is tried again. */
const START_AGAIN = 60_000

/** The privacy module: the data map and its verbs, requests, profiles, audit, and the jobs behind them. */
export default class PrivacyModuleService extends MedusaService(models) {
  private readonly connection: Knex
  private readonly logger: Logger
  private readonly options: PrivacyOptions
  private readonly dataMap: DataMap
  private readonly destinations: Destination[]
  private readonly workerMode: "shared" | "worker" | "server"
  private readonly jobs: JobEngine
  private keysChecked?: Promise<KeyProblem | null>
  private readonly dispatcher: Dispatcher

  __hooks = {
    onApplicationStart: () => this.start(),
    // Side by side: both share one grace period.
    onApplicationPrepareShutdown: async () => {
      await Promise.all([this.jobs.stop(), this.dispatcher.stop()])
    },
  }

  constructor(dependencies: Dependencies, options: PrivacyPluginOptions) {
    // eslint-disable-next-line prefer-rest-params -- MedusaService reads the container from all its arguments
    super(...arguments)
    this.connection = dependencies[ContainerRegistrationKeys.PG_CONNECTION]
    this.logger = dependencies[ContainerRegistrationKeys.LOGGER]
    this.options = parseOptions(options, { production: process.env.NODE_ENV === "production" })
    this.dataMap = new DataMap(this.options, this.connection)
    this.destinations = dependencies[DESTINATIONS] ?? []
    this.dispatcher = new Dispatcher(this.connection, couriers(this.connection, this.options, this.destinations), this.logger)
    const { workerMode = "shared" } = dependencies[ContainerRegistrationKeys.CONFIG_MODULE]?.projectConfig ?? {}
    this.workerMode = workerMode
    this.jobs = new JobEngine(this.connection, this.logger, workerMode !== "server", this.options.bulk.concurrency)
  }

  private async start(): Promise<void> {
    if (isStart({ workerMode: this.workerMode })) {
      await this.noteKeys()
      await this.resolveOfficers()
    }
    try {
      const { coverage } = await this.dataMap.bind()
      this.logger[coverage.unclassified.length ? "warn" : "info"](coverageLine(coverage))
    } catch (error) {
      this.logger.error(`${(error as Error).message} Erasures are refused until this is mended.`)
    }
    await this.startJobs()
  }

  /** Where the queue cannot start (a right is missing, the database is away) it is tried again: requests are filed meanwhile, and wait. */
  private async startJobs(): Promise<void> {
    try {
      await this.jobs.start({
        "privacy-request": ({ request_id }) => (request_id ? this.work(request_id) : Promise.resolve()),
        "privacy-customer": ({ request_id }) => (request_id ? this.work(request_id) : Promise.resolve()),
        "privacy-extract": ({ request_id }) => (request_id ? this.work(request_id) : Promise.resolve()),
        "privacy-delivery": () => this.dispatch(),
        "privacy-tick": () => this.tick(),
        "privacy-index": () => buildIndexes(this.connection, this.logger),
      })
      await this.jobs.wake("privacy-tick")
    } catch (error) {
      this.logger.error(`Privacy: the job queue did not start and is tried again every minute; requests wait until then. ${(error as Error).message}`)
      if (!this.jobs.isStopping) {
        setTimeout(() => void this.startJobs(), START_AGAIN).unref()
      }
    }
  }

  /** Compares the pepper with the one the store has been used with; another one is refused by everything that works with it. */
  private async noteKeys(): Promise<void> {
    try {
      const problem = await this.keyProblem(true)
      if (problem) {
        this.logger.error(problem.message)
      }
    } catch (error) {
      this.logger.error(`Privacy: the pepper could not be compared with the store's: ${safeMessage(error)} It is compared again before it is used.`)
    }
  }

  private keyProblem(remember = false): Promise<KeyProblem | null> {
    this.keysChecked ??= this.transaction((session) => checkKeys(session, this.options.hashKeys, { remember })).catch((error) => {
      this.keysChecked = undefined
      throw error
    })
    return this.keysChecked
  }

  /**
   * Refuses to work with another pepper than the store has been used with.
   *
   * @throws MedusaError NOT_ALLOWED that says what to do
   */
  async refuseOtherKey(): Promise<void> {
    refuseOtherKey(await this.keyProblem())
  }

  /** Gives the addresses of officers their users, and says which have none. */
  private async resolveOfficers(): Promise<void> {
    try {
      await this.transaction((session) => resolveOfficers(session, this.options.officers))
      const officers = await this.viewOfficers()
      officers.forEach(({ problem }, at) => problem && this.logger.warn(`Privacy: option officers[${at}]. ${problem.message}`))
    } catch (error) {
      this.logger.error(`Privacy: the addresses in the option officers were not resolved: ${safeMessage(error)} Nobody new is an officer until the next start.`)
    }
  }

  private transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return inTransaction(this.connection, work)
  }

  private async environment(): Promise<Environment> {
    await this.refuseOtherKey()
    return { map: await this.dataMap.bind(), options: this.options, destinations: this.destinations }
  }

  /** Wakes a worker for a request. */
  private wake(request: { id: string; type: string; origin: string }): Promise<void> {
    return this.jobs.wake(queueOf(request), { request_id: request.id })
  }

  /** Background: one request to its end, then what it has to tell. */
  private async work(requestId: string): Promise<void> {
    if (await this.keyProblem()) {
      return
    }
    try {
      const environment = await this.environment()
      await runRequest(this.connection, environment, requestId, this.logger, {
        help: () => this.jobs.wake("privacy-request", { request_id: requestId }),
        stopping: () => this.jobs.isStopping,
      })
    } catch (error) {
      if (!isRefusal(error)) {
        this.logger.error(`Privacy: request ${requestId} stopped and will be taken up again. ${safeMessage(error)}`)
        throw error
      }
      this.logger.error(`Privacy: request ${requestId} was stopped. ${error.message}`)
      await this.transaction((session) => stopRequest(session, requestId, error.message, "refused"))
    }
    await this.jobs.wake("privacy-delivery")
  }

  private async dispatch(): Promise<void> {
    if (await this.keyProblem()) {
      return
    }
    await this.dispatcher.pump()
    await this.sealAuditLog()
  }

  private async tick(): Promise<void> {
    // Said at the start. What waits is taken up after a start with the right pepper.
    if (await this.keyProblem()) {
      return
    }
    await this.transaction(tellRefusals)
    await this.transaction(releaseScheduled)
    await this.transaction(noteOverdue)
    await this.transaction((session) => remindOfDueDates(session, this.options.due_reminder_days))
    if (await this.transaction(hasIndexesToBuild)) {
      await this.jobs.wake("privacy-index")
    }
    await this.transaction(expireFiles)
    for (const id of await this.transaction(restingExtracts)) {
      await this.transaction(async (session) => {
        if (await tryLock(session, LOCK.extract(id))) {
          await abandonFiles(session, id)
        }
      })
    }
    await this.transaction(sweepArchives)
    for (const request of await this.transaction(openRequests)) {
      await this.wake(request)
    }
    await this.jobs.wake("privacy-delivery")
    await sweep(this.connection, await this.environment(), this.logger, () => this.jobs.isStopping)
  }

  /** Days before its due date from which on an open request counts as due soon. */
  get dueReminderDays(): number {
    return this.options.due_reminder_days
  }

  /** What the officer page defaults to. */
  get defaultMethod(): Method {
    return this.options.default_method
  }

  /** Stands for a typed e-mail address where the address itself must not go. */
  async confirmationOf(typed: string): Promise<string> {
    return confirmationOf(this.options.hashKeys, typed)
  }

  /** Id of the Unknown Customer, or null while there is none. */
  async unknownCustomerId(): Promise<string | null> {
    return this.transaction(findUnknownCustomer)
  }

  /** What each entry of the option `officers` comes to. */
  async viewOfficers(): Promise<OfficerView[]> {
    return this.transaction((session) => viewOfficers(session, this.options.officers))
  }

  /**
   * Why the options name the address of an admin user who is no officer by it; what an officer must know: that the pepper is another; or null.
   */
  async officerNotice(actor: Actor): Promise<{ code: string; message: string } | null> {
    const problem = (await this.permissionsOf(actor)).length ? await this.keyProblem() : null
    const keyNotice = problem && { code: problem.code, message: problem.message }
    if (actor.type !== "user") {
      return keyNotice
    }
    return this.transaction(async (session) => {
      const { rows } = await session.run<{ email: string }>(`SELECT email FROM "user" WHERE id = $1 AND deleted_at IS NULL`, [actor.id])
      const officers = await viewOfficers(session, this.options.officers)
      return officers.find(({ user, user_id }) => user === rows[0]?.email && user_id === null)?.problem ?? keyNotice
    })
  }

  /**
   * Binds addresses of the option `officers` to the users who have them now.
   *
   * @param chosen which; when left out, those that stand for nobody
   * @param by "script"
   */
  async bindOfficers(chosen?: string[]): Promise<BindResult[]> {
    return this.transaction((session) => bindOfficers(session, this.options.officers, { chosen, by: "script", actor: SYSTEM }))
  }

  /**
   * Binds one address at a configurer's word.
   *
   * @param held what the configurer may do: nobody can hand out what they do not have
   * @throws MedusaError FORBIDDEN, INVALID_DATA
   */
  async bindOfficer(address: string, held: Permission[], actor: Actor): Promise<OfficerView> {
    const { officers } = this.options
    refuseGreaterGrant(officers.filter(({ user }) => user === address), held)
    return this.transaction(async (session) => {
      const [{ outcome }] = await bindOfficers(session, officers, { chosen: [address], by: actor.id as string, actor })
      refuseUnbound(outcome)
      return (await viewOfficers(session, officers)).find(({ user }) => user === address) as OfficerView
    })
  }

  /** False for API keys, and for admin users who were removed: their tokens outlive them. */
  async isLiveUser(actor: Actor): Promise<boolean> {
    return this.transaction((session) => isLiveUser(session, actor))
  }

  /** What an actor may do, by the grants in the options. */
  async permissionsOf(actor: Actor): Promise<Permission[]> {
    return this.transaction((session) => readPermissions(session, this.options, actor))
  }

  /**
   * Files an erasure of one customer and wakes the workers.
   *
   * @throws MedusaError NOT_FOUND, INVALID_DATA, NOT_ALLOWED, CONFLICT (409) when erased already or under way
   */
  async requestErasure(input: ErasureInput): Promise<PrivacyRequestView> {
    const { map } = await this.environment()
    const request = await this.transaction(async (session) =>
      readRequest(session, await fileErasure(session, this.options, map.coverage, input))
    )
    await this.wake(request)
    return request
  }

  /** Shows what a list of identifiers means, before anything runs. */
  async previewBulk(input: BulkInput): Promise<BulkPreview> {
    const environment = await this.environment()
    return this.transaction((session) => previewBulk(session, environment, input))
  }

  /** Hands over every line of a list that did not match, page by page. */
  async eachUnmatchedLine(input: BulkInput, take: (lines: ReconciledLine[]) => Promise<void>): Promise<void> {
    const environment = await this.environment()
    await this.transaction(async (session) => {
      for await (const lines of unmatchedOf(session, environment, input)) {
        await take(lines)
      }
    })
  }

  /**
   * Files a bulk request and wakes the workers.
   *
   * @throws MedusaError INVALID_DATA, NOT_ALLOWED, CONFLICT (409) with the difference when the plan changed since the preview
   */
  async requestBulk(input: BulkRequest): Promise<PrivacyRequestView> {
    const environment = await this.environment()
    const request = await this.transaction(async (session) => readRequest(session, await fileBulk(session, environment, input)))
    await this.wake(request)
    return request
  }

  /**
   * Files an extract of one customer and wakes the workers.
   *
   * @throws MedusaError NOT_FOUND, NOT_ALLOWED, CONFLICT (409) when erased or under way
   */
  async requestExtract(input: ExtractInput): Promise<PrivacyRequestView> {
    await this.refuseOtherKey()
    const request = await this.transaction(async (session) => readRequest(session, await fileExtract(session, this.options, input)))
    await this.wake(request)
    return request
  }

  /**
   * Files an extract of the same subjects anew; who was erased is left out.
   *
   * @throws MedusaError NOT_FOUND, NOT_ALLOWED, CONFLICT (409) while it is under way or when nobody is left
   */
  async repeatExtract(id: string, language: string, actor: Actor): Promise<PrivacyRequestView> {
    await this.refuseOtherKey()
    const request = await this.transaction(async (session) => readRequest(session, await repeatExtract(session, this.options, id, language, actor)))
    await this.wake(request)
    return request
  }

  /** The archives of a request. */
  async viewFiles(id: string): Promise<PrivacyFileView[]> {
    return this.transaction(async (session) => {
      await readRequest(session, id)
      return listFiles(session, id)
    })
  }

  /**
   * What is needed to read an archive.
   *
   * @throws MedusaError NOT_FOUND with the same words whatever the reason
   */
  async openFile(requestId: string, fileId: string): Promise<OpenedFile> {
    return this.transaction((session) => openFile(session, this.options.hashKeys, requestId, fileId))
  }

  /**
   * The bytes of an archive; written down before the first of them is handed out.
   *
   * @throws MedusaError UNEXPECTED_STATE when the file storage does not have it any more, or not as it was written
   */
  async downloadFile(requestId: string, file: OpenedFile, range: ByteRange, actor: Actor): Promise<AsyncIterable<Buffer>> {
    const bytes = await readArchive(file, range)
    const whole = range.start === 0 && range.end === file.size - 1
    await this.transaction(async (session) => {
      // It may have been destroyed while its beginning was read.
      await openFile(session, this.options.hashKeys, requestId, file.id)
      await noteDownload(session, requestId, file.id, actor, whole ? null : `${range.start}-${range.end}`)
    })
    return bytes
  }

  /** Permission that is needed to do something to a request: it depends on what the request is. */
  async permissionFor(requestId: string): Promise<Permission> {
    const { rows } = await this.transaction((session) => session.run<{ type: string }>("SELECT type FROM privacy_request WHERE id = $1", [requestId]))
    return rows[0]?.type === "access" ? "extract" : "erase"
  }

  /**
   * Approves, stops, resumes, cancels or retries a request.
   *
   * @param confirm how many subjects the officer was told that it takes; another number is refused
   * @returns the request, and how many subjects wait for the workers by it
   */
  async changeRequest(id: string, action: RequestAction, actor: Actor, confirm?: number): Promise<{ request: PrivacyRequestView; taken: number }> {
    if (action === "retry" && (await this.permissionFor(id)) === "erase") {
      refuseUnclassified(this.options, (await this.dataMap.bind()).coverage)
    }
    const changed = await this.transaction(async (session) => {
      const taken = await changeState(session, id, action, actor, confirm)
      if (action === "retry") {
        await acceptPresentIdentity(session, this.options, { requestId: id, subjectId: null, actor })
      }
      return { request: await readRequest(session, id), taken }
    })
    await this.wake(changed.request)
    return changed
  }

  /** Ids of the destinations in the options. */
  get destinationIds(): string[] {
    return this.destinations.map(({ id }) => id)
  }

  /** Takes one held or failed subject of a request up again. */
  async retrySubject(id: string, subjectId: string, actor: Actor): Promise<PrivacyRequestView> {
    if ((await this.permissionFor(id)) === "erase") {
      refuseUnclassified(this.options, (await this.dataMap.bind()).coverage)
    }
    const request = await this.transaction(async (session) => {
      await retrySubject(session, id, subjectId, actor)
      await acceptPresentIdentity(session, this.options, { requestId: id, subjectId, actor })
      return readRequest(session, id)
    })
    await this.wake(request)
    return request
  }

  /** Looks again at what holds a held subject of a request, and changes nothing else. */
  async checkSubject(id: string, subjectId: string): Promise<{ privacy_request: PrivacyRequestView; holds: Hold[] }> {
    const environment = await this.environment()
    return this.transaction(async (session) => {
      const holds = await checkSubject(session, environment, id, subjectId)
      return { privacy_request: await readRequest(session, id), holds }
    })
  }

  /** Puts the due date of a request off by two months, once. */
  async extendRequest(id: string, reason: string, actor: Actor): Promise<PrivacyRequestView> {
    return this.transaction(async (session) => {
      await extendRequest(session, id, reason, actor)
      return readRequest(session, id)
    })
  }

  /** How officers may list subjects. */
  get identifierTypes(): string[] {
    return [...identifierKinds(this.options).keys()]
  }

  async customerPrivacy(customerId: string): Promise<CustomerPrivacy> {
    const environment = await this.environment()
    return this.transaction((session) => readCustomerPrivacy(session, environment, customerId))
  }

  async viewRequests(filters: RequestFilters, page: Page, order?: RequestOrder): Promise<{ requests: PrivacyRequestView[]; count: number }> {
    return this.transaction((session) => listRequests(session, filters, page, order))
  }

  async viewRequest(id: string): Promise<PrivacyRequestView> {
    return this.transaction((session) => readRequest(session, id))
  }

  /** Who did what to a request, and when. */
  async viewHistory(id: string): Promise<HistoryEntry[]> {
    return this.transaction(async (session) => {
      await readRequest(session, id)
      return readRequestHistory(session, id)
    })
  }

  async viewSubjects(id: string, filters: SubjectFilters, page: Page): Promise<{ subjects: PrivacySubjectView[]; count: number }> {
    return this.transaction(async (session) => {
      await readRequest(session, id)
      return listSubjects(session, id, filters, page)
    })
  }

  /** The map with the strategies in force under a method and profile, and what nobody has classified. */
  async viewDataMap(method?: Method, profileId?: string): Promise<DataMapView> {
    const map = await this.dataMap.bind()
    const overrides = profileId ? (await this.viewProfile(profileId)).overrides : []
    return describeDataMap(map, method ?? this.options.default_method, overrides)
  }

  /** Indexes that the ways to a subject's records lack. */
  async viewIndexes(): Promise<IndexView[]> {
    const { entries } = await this.dataMap.bind()
    return this.transaction((session) => readIndexes(session, entries))
  }

  /**
   * Has missing indexes built in the background.
   *
   * @throws MedusaError INVALID_DATA for a name that is not among the missing
   */
  async createIndexes(names: string[], actor: Actor): Promise<IndexView[]> {
    const missing = await this.viewIndexes()
    const noted = await this.transaction((session) => requestIndexes(session, missing, names, actor))
    if (noted.length) {
      await this.jobs.wake("privacy-index")
    }
    return missing.map((index) => (noted.includes(index.name) ? { ...index, status: "building" as const, error: null } : index))
  }

  async viewProfiles(page: Page): Promise<{ profiles: Profile[]; count: number }> {
    return this.transaction((session) => listProfiles(session, page))
  }

  async viewProfile(id: string): Promise<Profile> {
    return this.transaction((session) => readProfile(session, id))
  }

  async addProfile(input: ProfileInput, actor: Actor): Promise<Profile> {
    const { entries } = await this.dataMap.bind()
    return this.transaction((session) => createProfile(session, entries, input, actor))
  }

  async changeProfile(id: string, input: Partial<ProfileInput>, actor: Actor): Promise<Profile> {
    const { entries } = await this.dataMap.bind()
    return this.transaction((session) => updateProfile(session, entries, id, input, actor))
  }

  async removeProfile(id: string, actor: Actor): Promise<void> {
    await this.transaction((session) => deleteProfile(session, id, actor))
  }

  async viewDeliveries(filters: DeliveryFilters, page: KeyPage): Promise<KeyPaged<DeliveryView>> {
    return this.transaction((session) => listDeliveries(session, filters, page))
  }

  async viewDelivery(id: string): Promise<DeliveryView & { log: DeliveryAttemptView[] }> {
    return this.transaction((session) => readDelivery(session, id))
  }

  /** Retries, redelivers, acknowledges or abandons a delivery. */
  async changeOneDelivery(id: string, action: DeliveryAction, actor: Actor, webhookId?: string): Promise<DeliveryView> {
    await this.transaction((session) => changeDelivery(session, id, action, actor, webhookId))
    await this.jobs.wake("privacy-delivery")
    return this.viewDelivery(id)
  }

  async viewWebhooks(page: Page): Promise<{ webhooks: WebhookView[]; count: number }> {
    return this.transaction((session) => listWebhooks(session, page))
  }

  async viewWebhook(id: string): Promise<WebhookView> {
    return this.transaction((session) => readWebhook(session, id))
  }

  async addWebhook(input: WebhookInput, actor: Actor): Promise<{ webhook: WebhookView; secret: string }> {
    return this.transaction((session) => createWebhook(session, this.options, input, actor))
  }

  async changeWebhook(id: string, input: Partial<WebhookInput>, actor: Actor): Promise<WebhookView> {
    return this.transaction((session) => updateWebhook(session, this.options, id, input, actor))
  }

  async removeWebhook(id: string, actor: Actor): Promise<void> {
    await this.transaction((session) => deleteWebhook(session, id, actor))
  }

  async rotateWebhookSecret(id: string, actor: Actor): Promise<{ webhook: WebhookView; secret: string }> {
    return this.transaction((session) => rotateSecret(session, this.options, id, actor))
  }

  /** Queues a test event for one webhook. */
  async sendTestEvent(id: string, actor: Actor): Promise<void> {
    await this.transaction((session) => testWebhook(session, id, actor))
    await this.jobs.wake("privacy-delivery")
  }

  /** Forbids the erasure of a customer until the hold is released. */
  async placeLegalHold(customerId: string, reason: string, actor: Actor): Promise<void> {
    await this.transaction((session) => placeLegalHold(session, customerId, reason, actor))
  }

  async releaseLegalHold(customerId: string, actor: Actor): Promise<void> {
    await this.transaction((session) => releaseLegalHold(session, customerId, actor))
  }

  /** True for customers whose tokens and sessions are dead. */
  async isErasedCustomer(customerId: string): Promise<boolean> {
    return isErased(this.connection, customerId)
  }

  /** Tells bulk requests, in whatever process they run, that shoppers are about. */
  async noteShopper(): Promise<void> {
    if (this.options.bulk.yield_to_shop) {
      await noteShopper(this.connection)
    }
  }

  /** Writes a refused access down: the first of its kind at once, more of them within a minute as a count. */
  async auditRefusal(refusal: Refusal): Promise<void> {
    await this.transaction((session) => recordRefusal(session, refusal))
  }

  /** Writes one thing down that happened outside an erasure, such as a refused access. */
  async audit(event: AuditEvent): Promise<void> {
    await this.transaction((session) => recordAudit(session, [event]))
  }

  /** Links what is committed and not yet linked into the hash chain. */
  async sealAuditLog(): Promise<void> {
    await this.refuseOtherKey()
    while ((await this.transaction((session) => sealAudit(session, this.options.hashKeys))) > 0) {
      // One batch a transaction, until nothing waits.
    }
  }

  async viewAudit(page: KeyPage): Promise<KeyPaged<AuditEntryView>> {
    return this.transaction((session) => listAudit(session, page))
  }

  /** Checks the whole audit chain. */
  async verifyAuditLog(): Promise<ChainReport> {
    const problem = await this.keyProblem()
    return this.transaction((session) => verifyChain(session, this.options.hashKeys, problem))
  }
}
