import { randomBytes } from "node:crypto"

/** A customer as tests invent one: every value is unlike any other in the database, so that a search for it finds only them. */
export interface Person {
  email: string
  password: string
  first_name: string
  last_name: string
  phone: string
  company_name: string
  address: {
    first_name: string
    last_name: string
    company: string
    address_1: string
    address_2: string
    city: string
    postal_code: string
    country_code: string
    phone: string
    metadata?: Record<string, unknown>
  }
}

const PASSWORD = "correct horse battery staple"

const letters = () => [...randomBytes(6)].map((byte) => String.fromCharCode(97 + (byte % 26))).join("")
const digits = (count: number) => [...randomBytes(count)].map((byte) => byte % 10).join("")

/**
 * Invents a person.
 *
 * @param local what the e-mail address begins with, before the unique part
 */
export function inventPerson(local: string): Person {
  const [first, last] = [`Vorna${letters()}`, `Nachna${letters()}`]
  const phone = `+49 151 ${digits(4)} ${digits(6)}`
  const company = `Firma ${letters()} KG`
  return {
    email: `${local}.${letters()}@birdmail.example`,
    password: PASSWORD,
    first_name: first,
    last_name: last,
    phone,
    company_name: company,
    address: {
      first_name: first,
      last_name: last,
      company,
      address_1: `Kanarienweg${letters()} ${digits(2)}`,
      address_2: `Hinterhaus ${letters()}`,
      city: "Quedlinburg",
      postal_code: "06484",
      country_code: "de",
      phone,
    },
  }
}
