import { Client } from "pg"

/** A connection to a test's database, for looking behind the API. */
export class Database {
  private constructor(private readonly client: Client) {}

  static async connect(url: string): Promise<Database> {
    const client = new Client({ connectionString: url })
    await client.connect()
    return new Database(client)
  }

  async rows<T = Record<string, any>>(text: string, values: unknown[] = []): Promise<T[]> {
    return (await this.client.query(text, values)).rows as T[]
  }

  async row<T = Record<string, any>>(text: string, values: unknown[] = []): Promise<T> {
    const [row] = await this.rows<T>(text, values)
    return row
  }

  async close(): Promise<void> {
    await this.client.end()
  }
}
