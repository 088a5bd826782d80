import type { Random } from "./random"

export type Country = "de" | "fr" | "it" | "es" | "nl" | "at" | "us"

export type Person = {
  first_name: string
  last_name: string
  email: string
  phone: string
  company: string | null
  address_1: string
  city: string
  province: string | null
  postal_code: string
  country_code: Country
}

const FIRST = {
  de: ["Anke", "Bastian", "Carla", "Dennis", "Elif", "Frieda", "Gerd", "Hanna", "Ingo", "Jana", "Kerstin", "Lukas", "Marlene", "Nils", "Petra", "Ralf", "Svenja", "Torben", "Ulrike", "Volker"],
  fr: ["Amélie", "Bruno", "Camille", "Damien", "Élodie", "Fabien", "Gaëlle", "Inès", "Julien", "Lucie", "Mathis", "Noémie", "Océane", "Pierre", "Romain", "Sylvie"],
  it: ["Alessia", "Bruno", "Chiara", "Davide", "Elena", "Fabio", "Giulia", "Lorenzo", "Martina", "Paolo"],
  es: ["Adriana", "Blanca", "Carlos", "Diego", "Elena", "Gonzalo", "Inés", "Javier", "Lucía", "Pablo"],
  nl: ["Anouk", "Bram", "Daan", "Eline", "Femke", "Joost", "Lotte", "Maarten", "Sanne", "Wouter"],
  at: ["Andreas", "Barbara", "Christoph", "Doris", "Florian", "Johanna", "Markus", "Theresa"],
  us: ["Aaron", "Bethany", "Caleb", "Denise", "Ethan", "Faith", "Gavin", "Hailey", "Isaac", "Jasmine", "Kyle", "Lauren", "Marcus", "Nicole", "Oscar", "Paige", "Quincy", "Rachel", "Sean", "Tamara"],
} as const

const LAST = {
  de: ["Bauer", "Brandt", "Dietrich", "Engel", "Friedrich", "Günther", "Hartmann", "Jansen", "Krüger", "Lehmann", "Möller", "Neumann", "Özdemir", "Pohl", "Schäfer", "Schröder", "Vogel", "Winkler", "Yıldız", "Zimmermann"],
  fr: ["Blanchard", "Chevalier", "Dubois", "Fontaine", "Girard", "Lambert", "Lefèvre", "Mercier", "Perrin", "Rousseau", "Vidal"],
  it: ["Bianchi", "Colombo", "De Luca", "Esposito", "Ferrari", "Greco", "Marino", "Ricci", "Romano"],
  es: ["Álvarez", "Castro", "Domínguez", "Fernández", "Jiménez", "Morales", "Navarro", "Ortega", "Ruiz"],
  nl: ["Bakker", "de Boer", "Dekker", "van Dijk", "Jansen", "de Jong", "Mulder", "Smit", "Visser"],
  at: ["Gruber", "Hofer", "Huber", "Leitner", "Moser", "Pichler", "Steiner", "Wallner"],
  us: ["Adams", "Baker", "Carter", "Diaz", "Edwards", "Foster", "Garcia", "Hughes", "Jenkins", "Kelly", "Lopez", "Mitchell", "Nguyen", "O'Brien", "Parker", "Reed", "Sanders", "Turner", "Walker", "Young"],
} as const

const STREETS = {
  de: ["Ahornweg", "Bahnhofstraße", "Goethestraße", "Kirchplatz", "Lindenallee", "Rosenweg"],
  fr: ["rue des Acacias", "avenue Victor Hugo", "rue de la Gare", "place du Marché"],
  it: ["Via Garibaldi", "Via Dante", "Corso Italia", "Via Verdi"],
  es: ["Calle Mayor", "Calle del Sol", "Avenida de la Paz"],
  nl: ["Dorpsstraat", "Kerkstraat", "Molenweg"],
  at: ["Hauptstraße", "Mozartgasse", "Seeweg"],
  us: ["Cedar Lane", "Elm Street", "Lakeview Drive", "Maple Avenue", "Oak Street"],
} as const

/** City, province or state, postal code, telephone prefix. */
const PLACES: Record<Country, readonly (readonly [string, string | null, string, string])[]> = {
  de: [["Berlin", "Berlin", "10437", "+4930"], ["Hamburg", "Hamburg", "22767", "+4940"], ["Köln", "Nordrhein-Westfalen", "50674", "+49221"], ["Leipzig", "Sachsen", "04229", "+49341"], ["München", "Bayern", "80799", "+4989"]],
  fr: [["Lyon", "Rhône", "69004", "+3347"], ["Nantes", "Loire-Atlantique", "44000", "+3324"], ["Paris", "Île-de-France", "75011", "+3314"]],
  it: [["Bologna", "BO", "40121", "+39051"], ["Torino", "TO", "10123", "+39011"]],
  es: [["Sevilla", "Sevilla", "41004", "+3495"], ["Valencia", "Valencia", "46003", "+3496"]],
  nl: [["Utrecht", "Utrecht", "3512 JE", "+3130"], ["Rotterdam", "Zuid-Holland", "3011 AA", "+3110"]],
  at: [["Graz", "Steiermark", "8010", "+43316"], ["Wien", "Wien", "1070", "+431"]],
  us: [["Austin", "tx", "78704", "+1512555"], ["Denver", "co", "80205", "+1303555"], ["Portland", "or", "97214", "+1503555"], ["Seattle", "wa", "98103", "+1206555"]],
}

// Reserved for examples (RFC 2606, RFC 6761): nobody can ever get mail from this store.
const DOMAINS = ["example.com", "example.org", "example.net", "mail.example.com", "demo.test"]

/** A made-up person of a country; `serial` keeps the address unique. */
export function madeUpPerson(random: Random, country: Country, serial: number): Person {
  const first_name = random.pick(FIRST[country])
  const last_name = random.pick(LAST[country])
  const [city, province, postal_code, prefix] = random.pick(PLACES[country])
  const number = random.between(1, 180)
  const street = random.pick(STREETS[country])
  return {
    first_name,
    last_name,
    email: `${plain(first_name)}.${plain(last_name)}${serial}@${random.pick(DOMAINS)}`,
    phone: `${prefix}${random.between(1000000, 9999999)}`.slice(0, 13),
    company: random.chance(0.12) ? `${last_name} ${country === "us" ? "LLC" : "GmbH"}` : null,
    address_1: country === "us" || country === "fr" ? `${number} ${street}` : `${street} ${number}`,
    city,
    province,
    postal_code,
    country_code: country,
  }
}

/** The letters of a name that an e-mail address may hold. */
const plain = (name: string) =>
  name
    .toLowerCase()
    .replaceAll("ı", "i")
    .normalize("NFKD")
    .replace(/[^a-z]/g, "")
