import { createHmac } from "node:crypto"
import { MedusaError } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"
import { METHODS, tableDeclarationSchema } from "./data-map/definition"
import { RESERVED_DESTINATIONS } from "./destinations/reserved"
import { FORCIBLE_HOLD_CODES, type ForcibleHoldCode } from "./holds/codes"
import { PERMISSIONS } from "./permissions/permissions"
import { strictObject } from "./strict-object"

const MINIMUM_PEPPER = 32

/** A hundred years: more overflows the database's dates. */
const MOST_DAYS = 36_500

const key = z.string().min(MINIMUM_PEPPER, `must have at least ${MINIMUM_PEPPER} characters`)

const keyId = z.string().regex(/^[a-z0-9_-]+$/i)

const pepperSchema = z.union(
  [
    key,
    strictObject({
      /** Id of the key that signs new hashes. */
      current: z.string().min(1),
      /** Every key that ever signed, by id: all of them verify. */
      keys: z.record(keyId, key),
    }).refine(({ current, keys }) => Object.keys(keys).includes(current), "`current` must name one of `keys`"),
  ],
  "must be a text, or { current, keys } in which the ids of the keys consist of letters, digits, - and _"
)

/** API keys act for a system, not for a person: they never approve, override or configure. */
const API_KEY_PERMISSIONS = ["view", "extract", "erase"] as const

const apiKeysSchema = z.union(
  [
    z.literal(false).transform(() => []),
    z.array(strictObject({ id: z.string().min(1), permissions: z.array(z.enum(API_KEY_PERMISSIONS)).min(1) })),
  ],
  `must name each secret API key by its id, with some of ${API_KEY_PERMISSIONS.join(", ")} and nothing else: ` +
    '[{ id: "apk_…", permissions: ["view", "extract"] }]. `true`, for every key, is not possible: any admin user can make a key. ' +
    "The id is the end of the address of the key's page in the admin"
)

/** A module provider by name, path, or as it is. */
const resolvable = z.union([z.string().min(1), z.custom<object>((value) => typeof value === "object" && value !== null)])

const severity = z.enum(["block", "warn", "ignore"])

/** The plugin's options. Strict: a word it does not know is an error at start. */
const optionsSchema = strictObject({
  /**
   * Secret behind the keyed identifier hashes and the audit chain: at least 32 characters, kept outside the database. A text, or
   * `{ current, keys }` for rotation. Required in production.
   */
  pepper: pepperSchema.optional(),
  /**
   * Admin users and what they may do; nobody else may do anything. A user id is the safe form. An address is resolved once, at the first start
   * that sees it, to the one live user who has exactly it; see docs/permissions.md.
   */
  officers: z
    .array(
      strictObject({
        user: z.string().min(1),
        permissions: z.array(z.enum([...PERMISSIONS, "all"])).min(1),
      })
    )
    .default([]),
  /** Secret API keys, each by its id with some of view, extract, erase. Default none. */
  api_keys: apiKeysSchema.default([]),
  /** What the button does unless the officer chooses otherwise. Default "anonymize". */
  default_method: z.enum(METHODS).default("anonymize"),
  /** Leaves anonymised customers on the Customers page, for reporting. Default false. */
  show_anonymized_customers: z.boolean().default(false),
  /** Refuses to erase while the data map does not classify every column. Default false: the columns are only reported. */
  strict: z.boolean().default(false),
  /** The store's own tables, in the form of the built-in ones. */
  tables: z.array(tableDeclarationSchema).default([]),
  /** The store's own columns that say nothing about a person: table → columns. */
  non_personal: z.record(z.string(), z.array(z.string())).default({}),
  /** Severity per hold rule: block, warn or ignore. */
  holds: strictObject(
    Object.fromEntries(FORCIBLE_HOLD_CODES.map((code) => [code, severity.optional()])) as Record<ForcibleHoldCode, z.ZodOptional<typeof severity>>
  ).default({}),
  /** Days after the last order during which the hold `retention_period` applies; 0 switches the rule off. Default 0. */
  retention_days: z.number().int().min(0).max(MOST_DAYS).default(0),
  /**
   * Days during which erased customers are looked at again, ever more seldom, for what a late webhook, an import or a running workflow wrote
   * back; 0 switches it off. Default 30.
   */
  sweep_days: z.number().int().min(0).max(3650).default(30),
  /** Days from a request to its due date. Left out: one month (GDPR Art. 12(3)), from 31 January to 28 February. */
  due_days: z.number().int().min(1).max(3650).optional(),
  /** Days before the due date on which whoever filed an open request is reminded, once; 0 reminds nobody. Default 5. */
  due_reminder_days: z.number().int().min(0).max(365).default(5),
  /**
   * How officers may list subjects in bulk: "email", "customer_id", "phone", or `{ type, metadata_key }` for an alternate id kept in the
   * customer's metadata. Default e-mail and customer id.
   */
  identifiers: z
    .array(
      z.union([
        z.enum(["email", "customer_id", "phone"]),
        strictObject({ type: z.string().regex(/^[a-z][a-z0-9_]{0,30}$/), metadata_key: z.string().min(1).max(100) }),
      ])
    )
    .min(1)
    .refine((list) => new Set(list.map((given) => (typeof given === "string" ? given : given.type))).size === list.length, "must each have a name of its own")
    .default(["email", "customer_id"]),
  /** Store credit and gift cards. */
  value: strictObject({
    /**
     * Gift cards the subject bought for somebody else: "void" makes them worthless like the subject's own; "keep" leaves them to whoever got
     * them and blanks only the words on them. A card counts as sent to somebody else when its metadata, or that of the line it was bought
     * with, names another e-mail address under one of `recipient_keys`. Default "void".
     */
    gifted_cards: z.enum(["void", "keep"]).default("void"),
    /** Metadata keys under which the shop keeps a gift card's recipient. Default "recipient_email". */
    recipient_keys: z.array(z.string().regex(/^[\w.-]{1,100}$/)).min(1).default(["recipient_email"]),
  }).default({ gifted_cards: "void", recipient_keys: ["recipient_email"] }),
  /** How bulk requests run. */
  bulk: strictObject({
    /** A second officer with the permission `approve`, never the requester, must approve. Default false. */
    approval: z.boolean().default(false),
    /** Minutes during which a request can still be canceled before it starts. Default 0. */
    undo_minutes: z.number().int().min(0).max(43_200).default(0),
    /** Subjects per minute over all workers; 0 for no limit. Default 0. */
    throttle_per_minute: z.number().int().min(0).max(10_000_000).default(0),
    /** Hours of the day in which requests may run, in the database's time zone: `{ from: 22, to: 6 }`. Default always. */
    window: strictObject({ from: z.number().int().min(0).max(23), to: z.number().int().min(0).max(23) })
      .refine(({ from, to }) => from !== to, "has no hours: `from` and `to` must differ. Leave `window` out for requests to run at any hour")
      .optional(),
    /** Chunks that one Medusa process works on side by side. Default 2. */
    concurrency: z.number().int().min(1).max(16).default(2),
    /**
     * While shoppers use the store API, erasures in bulk take small chunks, one at a time over all workers, and rest after every statement four
     * times as long as it took. Default true.
     */
    yield_to_shop: z.boolean().default(true),
  }).default({ approval: false, undo_minutes: 0, throttle_per_minute: 0, concurrency: 2, yield_to_shop: true }),
  /** Systems outside the database that must be told, each a module provider: see docs/destinations.md. */
  destinations: z
    .array(
      strictObject({
        /** Package, path or module provider. */
        resolve: resolvable,
        /** Name in deliveries and reports. */
        id: z
          .string()
          .regex(/^[a-z][a-z0-9_-]{0,49}$/, "must consist of small letters, digits, - and _")
          .refine((id) => !RESERVED_DESTINATIONS.includes(id), `must not be one of ${RESERVED_DESTINATIONS.join(", ")}: the plugin uses these itself`),
        options: z.record(z.string(), z.unknown()).optional(),
        /** Days within which it must have confirmed; afterwards the delivery is shown as overdue and notified. Default 7. */
        deadline_days: z.number().int().min(1).max(365).default(7),
      })
    )
    .refine((list) => new Set(list.map(({ id }) => id)).size === list.length, "must have an `id` of its own each")
    .default([]),
  /** Rules for the webhooks that officers enter. */
  webhooks: strictObject({
    /** Lets webhooks go to http:// too. For development only. Default false. */
    allow_http: z.boolean().default(false),
    /** Lets webhooks go to private and local addresses. For development only. Default false. */
    allow_private: z.boolean().default(false),
    /** Days without a single success after which a webhook is switched off. Default 5. */
    disable_after_days: z.number().int().min(1).max(90).default(5),
  }).default({ allow_http: false, allow_private: false, disable_after_days: 5 }),
  /** Extracts of customers' data. */
  extracts: strictObject({
    /** Days after which an archive and its key are destroyed. Default 7. */
    expires_days: z.number().int().min(1).max(365).default(7),
    /** Leaves out what tells about other people: staff, whom a present was sent to. Default true. */
    redact_others: z.boolean().default(true),
    /** Template of the e-mail to whoever asked for an extract. Default "privacy-extract-ready". */
    email_template: z.string().min(1).default("privacy-extract-ready"),
    /** Level of compression: 1 is fastest, 9 smallest. Default 6. */
    compression: z.number().int().min(1).max(9).default(6),
  }).default({ expires_days: 7, redact_others: true, email_template: "privacy-extract-ready", compression: 6 }),
  /** How many subjects one transaction erases. Default 5000: what a transaction costs besides its subjects is spread over more of them; more would hold locks for longer than it gains. */
  chunk_size: z.number().int().min(1).max(10_000).default(5000),
})

/** The options as written in medusa-config. */
export type PrivacyPluginOptions = z.input<typeof optionsSchema>

/** Keys of the identifier hash: the first signs, all verify. */
export interface HashKeys {
  current: string
  keys: Map<string, Buffer>
  /** True where the development pepper, which everybody knows, stands in for a missing one. */
  development?: boolean
}

/** Checked options with defaults. */
export type PrivacyOptions = Omit<z.output<typeof optionsSchema>, "pepper"> & { hashKeys: HashKeys }

const DEVELOPMENT_PEPPER = "medusa-plugin-privacy development pepper: not a secret"

/**
 * Checks the options.
 *
 * @throws MedusaError INVALID_DATA naming the option and what to do
 */
export function parseOptions(input: unknown, { production }: { production: boolean }): PrivacyOptions {
  // Medusa adds its own connection settings to every module's options.
  const { database: _, ...own } = (input ?? {}) as Record<string, unknown>
  const parsed = optionsSchema.safeParse(own)
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join(".") || "options"}: ${issue.message}`)
    throw new MedusaError(MedusaError.Types.INVALID_DATA, `Privacy: the plugin options are wrong. ${problems.join("; ")}`)
  }
  const { pepper, ...options } = parsed.data
  if (!pepper && production) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      "Privacy: the option `pepper` is missing. Set it to a secret of at least 32 characters that is kept outside the database, " +
        "for example process.env.PRIVACY_PEPPER."
    )
  }
  const { current, keys } = typeof pepper === "object" ? pepper : { current: "k1", keys: { k1: pepper ?? DEVELOPMENT_PEPPER } }
  const bytes = new Map(Object.entries(keys).map(([id, key]) => [id, Buffer.from(key, "utf8")]))
  return { ...options, hashKeys: { current, keys: bytes, development: !pepper } }
}

/** A key of its own for each purpose, so that a hash made for one says nothing in another. */
export function derivedKey({ current, keys }: HashKeys, purpose: string, id = current): Buffer {
  const key = keys.get(id)
  if (!key) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `Privacy: the pepper "${id}" is not among the configured keys. Put it back under \`pepper.keys\`.`
    )
  }
  return createHmac("sha256", key).update(purpose).digest()
}
