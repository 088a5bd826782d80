import type { Country, Person } from "./people"

const person = (
  first_name: string,
  last_name: string,
  country_code: Country,
  [address_1, postal_code, city, province]: [string, string, string, string | null],
  phone: string,
  email = `${first_name}.${last_name}@example.com`.toLowerCase(),
  company: string | null = null
): Person => ({ first_name, last_name, email, phone, company, address_1, city, province, postal_code, country_code })

/** The people whose stories the demo tells; who they are is here, what they did in stories.ts. */
export const PEOPLE = {
  anna: person("Anna", "Schmidt", "de", ["Kastanienallee 12", "10435", "Berlin", "Berlin"], "+4930555012"),
  ben: person("Ben", "Mueller", "de", ["Elbchaussee 40", "22765", "Hamburg", "Hamburg"], "+4940555040"),
  chloe: person("Chloe", "Martin", "fr", ["8 rue Mercière", "69002", "Lyon", "Rhône"], "+33475550108"),
  david: person("David", "Rossi", "it", ["Via Zamboni 33", "40126", "Bologna", "BO"], "+39051555033"),
  emma: person("Emma", "Jones", "us", ["501 Pine Street", "98101", "Seattle", "wa"], "+12065550101"),
  felix: person("Felix", "Weber", "de", ["Zülpicher Straße 7", "50674", "Köln", "Nordrhein-Westfalen"], "+49221555007"),
  greta: person("Greta", "Fischer", "at", ["Neubaugasse 20", "1070", "Wien", "Wien"], "+431555020"),
  hugo: person("Hugo", "Bernard", "fr", ["15 quai de la Fosse", "44000", "Nantes", "Loire-Atlantique"], "+33240555015"),
  ida: person("Ida", "Larsen", "nl", ["Oudegracht 101", "3511 AE", "Utrecht", "Utrecht"], "+31305550101"),
  jack: person("Jack", "Miller", "us", ["1200 Barton Springs Road", "78704", "Austin", "tx"], "+15125550112"),
  karla: person("Karla", "Hoffmann", "de", ["Leopoldstraße 77", "80802", "München", "Bayern"], "+4989555077"),
  liam: person("Liam", "Brown", "us", ["900 Larimer Street", "80204", "Denver", "co"], "+13035550190", undefined, "Brown Expeditions LLC"),
  mia: person("Mia", "Wagner", "de", ["Karl-Heine-Straße 5", "04229", "Leipzig", "Sachsen"], "+49341555005"),
  noah: person("Noah", "Becker", "de", ["Schanzenstraße 3", "20357", "Hamburg", "Hamburg"], "+4940555003"),
  olivia: person("Olivia", "Davis", "us", ["77 Hawthorne Boulevard", "97214", "Portland", "or"], "+15035550177"),
  paul: person("Paul", "Richter", "de", ["Torstraße 60", "10119", "Berlin", "Berlin"], "+4930555060"),
  quentin: person("Quentin", "Moreau", "fr", ["22 rue Oberkampf", "75011", "Paris", "Île-de-France"], "+33155550122"),
  rosa: person("Rosa", "Garcia", "es", ["Calle Feria 9", "41003", "Sevilla", "Sevilla"], "+34955550109"),
  sam: person("Sam", "Taylor", "us", ["18 Elm Street", "98103", "Seattle", "wa"], "+12065550118"),
  tina: person("Tina", "Koch", "de", ["Rheinallee 4", "50667", "Köln", "Nordrhein-Westfalen"], "+49221555004"),
  uma: person("Uma", "Patel", "us", ["3 Lakeview Drive", "80205", "Denver", "co"], "+13035550103"),
  victor: person("Victor", "Lang", "at", ["Herrengasse 11", "8010", "Graz", "Steiermark"], "+43316555011"),
  wendy: person("Wendy", "Clark", "us", ["64 Cedar Lane", "97202", "Portland", "or"], "+15035550164"),
  xaver: person("Xaver", "Huber", "de", ["Kastanienallee 12", "10435", "Berlin", "Berlin"], "+4930555012"),
  yara: person("Yara", "Haddad", "fr", ["5 place Bellecour", "69002", "Lyon", "Rhône"], "+33475550105"),
  zoe: person("Zoe", "Schneider", "de", ["Lindenstraße 8", "04103", "Leipzig", "Sachsen"], "+49341555008", "staff@demo.test"),
} satisfies Record<string, Person>

export type Name = keyof typeof PEOPLE
