import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

/** Medusa's own connection, for what no workflow does: dates in the past, and many rows at once. */
export type Database = {
  raw(sql: string, values?: unknown[]): Promise<{ rows: Record<string, any>[] }>
  transaction<T>(work: (database: Database) => Promise<T>): Promise<T>
}

export const databaseOf = (container: MedusaContainer): Database => container.resolve(ContainerRegistrationKeys.PG_CONNECTION) as any
