import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { inTransaction } from "../database/session"
import type { PrivacyOptions } from "../options"
import { measureCoverage, type Coverage } from "./coverage"
import { defineDataMap, type MapEntry } from "./definition"
import { bindDataMap, type LiveEntry } from "./live-map"
import { isOlderThanMapped, withoutAbsentColumns } from "./older-medusa"
import { readSchema, type LiveSchema } from "./schema"
import { medusaTables } from "./tables"

/** The data map bound to the database it runs on. */
export interface BoundDataMap {
  entries: LiveEntry[]
  schema: LiveSchema
  coverage: Coverage
}

/** Medusa's tables and the store's own, checked when the application starts and bound to the database on first use. */
export class DataMap {
  readonly entries: MapEntry[]
  private bound: Promise<BoundDataMap> | null = null

  constructor(
    private readonly options: Pick<PrivacyOptions, "tables" | "non_personal" | "value">,
    private readonly connection: Knex
  ) {
    this.entries = defineDataMap([...medusaTables(options), ...options.tables])
  }

  /** @throws MedusaError when the map names a column the database does not have */
  bind(): Promise<BoundDataMap> {
    this.bound ??= this.read().catch((error) => {
      this.bound = null
      throw error
    })
    return this.bound
  }

  private entriesFor(schema: LiveSchema): MapEntry[] {
    const declared = new Set(this.options.tables.map(({ table }) => table))
    return isOlderThanMapped() ? withoutAbsentColumns(this.entries, schema, declared) : this.entries
  }

  private async read(): Promise<BoundDataMap> {
    const schema = await inTransaction(this.connection, readSchema)
    return {
      schema,
      entries: bindDataMap(this.entriesFor(schema), schema),
      coverage: measureCoverage(this.entries, schema, this.options.non_personal),
    }
  }
}
