import { newId } from "../../src/modules/privacy/database/new-id"
import type { Session } from "../../src/modules/privacy/database/session"
import { bindOfficers, resolveOfficers } from "../../src/modules/privacy/permissions/bind-officers"
import { readPermissions } from "../../src/modules/privacy/permissions/grants"
import { viewOfficers } from "../../src/modules/privacy/permissions/officers"
import { PERMISSIONS, type Permission } from "../../src/modules/privacy/permissions/permissions"
import { parseOptions } from "../../src/modules/privacy/options"
import { SYSTEM } from "../../src/modules/privacy/audit/record"
import { openEngine, type Engine } from "../support/engine"

const OFFICER = "officer@shop.test"
const VACANT = "vacant@shop.test"

let engine: Engine

beforeAll(async () => {
  engine = await openEngine({ name: "officers" })
})

afterAll(() => engine?.close())

const UNDO = new Error("undo")

/** Runs a story on Medusa's own tables and takes all of it back. */
const story = (tell: (session: Session) => Promise<void>) =>
  engine
    .transaction(async (session) => {
      await tell(session)
      throw UNDO
    })
    .catch((error) => {
      if (error !== UNDO) {
        throw error
      }
    })

const named = (permission: Permission | "all", ...users: string[]) =>
  parseOptions({ officers: users.map((user) => ({ user, permissions: [permission] })) }, { production: false })

/** A start of the store: what a process does that serves HTTP or works jobs. */
const start = (session: Session, ...users: string[]) => resolveOfficers(session, named("all", ...users).officers)

const may = (session: Session, id: string, permission: Permission | "all", ...users: string[]) =>
  readPermissions(session, named(permission, ...users), { id, type: "user" })

async function makeUser(session: Session, email: string): Promise<string> {
  const id = newId("user")
  await session.run(`INSERT INTO "user" (id, email) VALUES ($1, $2)`, [id, email])
  return id
}

const removeUser = (session: Session, id: string) => session.run(`UPDATE "user" SET deleted_at = now() WHERE id = $1`, [id])
const changeEmail = (session: Session, id: string, email: string) => session.run(`UPDATE "user" SET email = $2 WHERE id = $1`, [id, email])
const emptyUsers = (session: Session) => session.run(`DELETE FROM "user"`)

const audited = async (session: Session) =>
  (await session.run<{ action: string }>("SELECT action FROM privacy_audit_entry WHERE action LIKE 'officer.%' ORDER BY created_at, id")).rows.map(
    ({ action }) => action
  )

/** Every way to become an admin user, after a first start that saw OFFICER, a live user, and VACANT, nobody. Gives the id that asks. */
const WAYS: Record<string, (session: Session, officer: string) => Promise<string>> = {
  "an invitation accepted under another casing of an officer's address": (session) => makeUser(session, "Officer@shop.test"),
  "an invitation accepted under a compatible spelling of an officer's address": (session) => makeUser(session, "ｏfficer@shop.test"),
  "an invitation accepted under an officer's address that has no user yet": (session) => makeUser(session, VACANT),
  "an address without a user, taken after all other users were removed": async (session) => {
    await session.run(`UPDATE "user" SET deleted_at = now()`)
    return makeUser(session, VACANT)
  },
  "a user removed and made again under an officer's address": async (session, officer) => {
    await removeUser(session, officer)
    return makeUser(session, OFFICER)
  },
  "an officer's former address, taken after the officer changed theirs": async (session, officer) => {
    await changeEmail(session, officer, "elsewhere@shop.test")
    return makeUser(session, OFFICER)
  },
  "a user who changes their address to an officer's": async (session) => {
    const id = await makeUser(session, "junior@shop.test")
    await changeEmail(session, id, VACANT)
    return id
  },
  "an API key that is not named": async (session) => {
    const id = newId("apk")
    const junior = await makeUser(session, "junior@shop.test")
    await session.run("INSERT INTO api_key (id, token, salt, redacted, title, type, created_by) VALUES ($1, $1, '', '', '', 'secret', $2)", [id, junior])
    return id
  },
  "the customer's side of an auth identity that a user shares": async (session) => {
    const id = newId("cus")
    const junior = await makeUser(session, "junior@shop.test")
    await session.run("INSERT INTO customer (id, email, has_account) VALUES ($1, $2, true)", [id, OFFICER])
    await session.run("INSERT INTO auth_identity (id, app_metadata) VALUES ($1, jsonb_build_object('user_id', $2::text, 'customer_id', $1::text))", [id, junior])
    return id
  },
  "the user's side of an auth identity whose login is an officer's address": async (session) => {
    const id = await makeUser(session, "junior@shop.test")
    await session.run("INSERT INTO auth_identity (id, app_metadata) VALUES ($1, jsonb_build_object('user_id', $1::text))", [id])
    await session.run("INSERT INTO provider_identity (id, entity_id, provider, auth_identity_id) VALUES ($1, $2, 'emailpass', $1)", [id, OFFICER])
    return id
  },
}

/** What may happen afterwards. Neither `medusa exec` nor a login resolves anything: they do nothing here. */
const AFTERWARDS: Record<string, (session: Session) => Promise<void>> = {
  "at once": async () => {},
  "after a restart": (session) => start(session, OFFICER, VACANT),
  "after two restarts": async (session) => {
    await start(session, OFFICER, VACANT)
    await start(session, VACANT, OFFICER)
  },
}

const table = Object.keys(WAYS).flatMap((way) => Object.keys(AFTERWARDS).map((when) => [way, when] as const))

describe("no permission comes by", () => {
  it.each(table)("%s, %s", (way, when) =>
    story(async (session) => {
      const officer = await makeUser(session, OFFICER)
      await start(session, OFFICER, VACANT)
      const id = await WAYS[way](session, officer)
      await AFTERWARDS[when](session)
      const type = id.startsWith("apk_") ? "api-key" : "user"
      for (const permission of [...PERMISSIONS, "all"] as const) {
        expect(await readPermissions(session, named(permission, OFFICER, VACANT), { id, type })).toEqual([])
      }
    })
  )

  it("an API key whatever its permissions say beyond its own, nor by one that was revoked or removed", () =>
    story(async (session) => {
      const id = newId("apk")
      await session.run("INSERT INTO api_key (id, token, salt, redacted, title, type, created_by) VALUES ($1, $1, '', '', '', 'secret', 'user_x')", [id])
      const key = () =>
        readPermissions(session, parseOptions({ api_keys: [{ id, permissions: ["erase"] }] }, { production: false }), { id, type: "api-key" })
      expect(await key()).toEqual(["erase"])
      await session.run("UPDATE api_key SET revoked_at = now() - interval '1 second' WHERE id = $1", [id])
      expect(await key()).toEqual([])
      await session.run("UPDATE api_key SET revoked_at = NULL, type = 'publishable' WHERE id = $1", [id])
      expect(await key()).toEqual([])
      await session.run("DELETE FROM api_key WHERE id = $1", [id])
      expect(await key()).toEqual([])
    }))
})

describe("an officer named by id", () => {
  it("has the permissions of the options, and nobody else has", () =>
    story(async (session) => {
      const [officer, other] = [await makeUser(session, OFFICER), await makeUser(session, "other@shop.test")]
      expect(await may(session, officer, "erase", officer)).toEqual(["erase"])
      expect(await may(session, officer, "all", officer)).toEqual([...PERMISSIONS])
      expect(await may(session, other, "all", officer)).toEqual([])
      expect(await may(session, officer.toLowerCase(), "all", officer)).toEqual([])
    }))

  it("has none any more once the user was removed", () =>
    story(async (session) => {
      const officer = await makeUser(session, OFFICER)
      await removeUser(session, officer)
      expect(await may(session, officer, "all", officer)).toEqual([])
      expect(await viewOfficers(session, named("all", officer).officers)).toEqual([
        { user: officer, permissions: ["all"], user_id: null, problem: { code: "user_gone", message: expect.stringMatching(/Name the user's id.*privacy-bind-officers\.js/) } },
      ])
    }))
})

describe("an officer named by address", () => {
  it("is nobody before a start of the store has seen it", () =>
    story(async (session) => {
      const officer = await makeUser(session, OFFICER)
      expect(await may(session, officer, "all", OFFICER)).toEqual([])
      expect((await viewOfficers(session, named("all", OFFICER).officers))[0].problem).toMatchObject({ code: "not_resolved_yet" })
    }))

  it("is the one live user who has exactly that address at the first start, and that is audited", () =>
    story(async (session) => {
      const officer = await makeUser(session, OFFICER)
      await start(session, OFFICER)
      expect(await may(session, officer, "approve", OFFICER)).toEqual(["approve"])
      expect(await audited(session)).toEqual(["officer.bound"])
      await start(session, OFFICER)
      expect(await audited(session)).toEqual(["officer.bound"])
    }))

  it("is bound when a user who was removed had the address before", () =>
    story(async (session) => {
      await removeUser(session, await makeUser(session, OFFICER))
      const officer = await makeUser(session, OFFICER)
      await start(session, OFFICER)
      expect(await may(session, officer, "all", OFFICER)).toHaveLength(6)
    }))

  it("is nobody when another user's address differs in casing alone at the first start", () =>
    story(async (session) => {
      const users = [await makeUser(session, OFFICER), await makeUser(session, "OFFICER@shop.test")]
      await start(session, OFFICER)
      for (const id of users) {
        expect(await may(session, id, "all", OFFICER)).toEqual([])
      }
      expect((await viewOfficers(session, named("all", OFFICER).officers))[0].problem).toMatchObject({ code: "several_users" })
      expect(await audited(session)).toEqual(["officer.unresolved"])
    }))

  it("is nobody when the options spell it otherwise than the user does", () =>
    story(async (session) => {
      const officer = await makeUser(session, OFFICER)
      for (const spelling of ["Officer@shop.test", ` ${OFFICER}`]) {
        await start(session, spelling)
        expect(await may(session, officer, "all", spelling)).toEqual([])
      }
    }))

  it("stays one after changing the address, and the address gives nothing to others", () =>
    story(async (session) => {
      const officer = await makeUser(session, OFFICER)
      await start(session, OFFICER)
      await changeEmail(session, officer, "new@shop.test")
      await start(session, OFFICER)
      expect(await may(session, officer, "all", OFFICER)).toHaveLength(6)
    }))
})

describe("in a new store", () => {
  it("the first user becomes an officer at the next start, although the first start saw no user at all", () =>
    story(async (session) => {
      await emptyUsers(session)
      await start(session, OFFICER)
      expect((await viewOfficers(session, named("all", OFFICER).officers))[0].problem).toMatchObject({ code: "no_user" })
      const first = await makeUser(session, OFFICER)
      expect(await may(session, first, "all", OFFICER)).toEqual([])
      await start(session, OFFICER)
      expect(await may(session, first, "all", OFFICER)).toHaveLength(6)
      expect(await audited(session)).toEqual(["officer.unresolved", "officer.bound"])
    }))

  it.each<[string, (session: Session) => Promise<unknown>]>([
    ["has a second user", (session) => makeUser(session, "second@shop.test")],
    ["had a user who was removed", async (session) => removeUser(session, await makeUser(session, "second@shop.test"))],
    ["had an officer before", (session) => session.run("INSERT INTO privacy_officer (id, address, bound_at) VALUES ('prvofc_x', 'old@shop.test', now())")],
  ])("that %s the rule for every other store applies", (_, before) =>
    story(async (session) => {
      await emptyUsers(session)
      await start(session, OFFICER)
      await before(session)
      const user = await makeUser(session, OFFICER)
      await start(session, OFFICER)
      expect(await may(session, user, "all", OFFICER)).toEqual([])
    })
  )

  it("an officer named by id counts as one who was bound", () =>
    story(async (session) => {
      await emptyUsers(session)
      await start(session, OFFICER, "user_somebody")
      const user = await makeUser(session, OFFICER)
      await start(session, OFFICER, "user_somebody")
      expect(await may(session, user, "all", OFFICER)).toEqual([])
    }))
})

describe("binding anew", () => {
  const bind = (session: Session, chosen?: string[]) =>
    bindOfficers(session, named("all", OFFICER, VACANT).officers, { chosen, by: "script", actor: SYSTEM })

  it("gives those that stand for nobody to the users who have them now, and touches no other", () =>
    story(async (session) => {
      const officer = await makeUser(session, OFFICER)
      await start(session, OFFICER, VACANT)
      const late = await makeUser(session, VACANT)
      expect(await bind(session)).toEqual([
        { address: OFFICER, outcome: "unchanged", user_id: officer },
        { address: VACANT, outcome: "bound", user_id: late },
      ])
      expect(await may(session, late, "all", VACANT)).toHaveLength(6)
      expect(await audited(session)).toEqual(["officer.bound", "officer.unresolved", "officer.bound"])
    }))

  it("leaves an address to its user, who has another by now, until it is named", () =>
    story(async (session) => {
      const officer = await makeUser(session, OFFICER)
      await start(session, OFFICER)
      await changeEmail(session, officer, "new@shop.test")
      const successor = await makeUser(session, OFFICER)
      expect((await bind(session))[0]).toMatchObject({ outcome: "unchanged", user_id: officer })
      expect(await bind(session, [OFFICER])).toEqual([{ address: OFFICER, outcome: "bound", user_id: successor }])
      expect(await may(session, officer, "all", OFFICER)).toEqual([])
      expect(await may(session, successor, "all", OFFICER)).toHaveLength(6)
    }))

  it("takes no address with look-alikes unless it is named, and none that the options do not name", () =>
    story(async (session) => {
      const officer = await makeUser(session, OFFICER)
      await makeUser(session, OFFICER.toUpperCase())
      await start(session, OFFICER)
      expect((await bind(session))[0]).toMatchObject({ outcome: "several_users" })
      expect(await bind(session, [OFFICER])).toEqual([{ address: OFFICER, outcome: "bound", user_id: officer }])
      await expect(bind(session, [OFFICER.toUpperCase()])).rejects.toThrow(/does not name this address/)
    }))
})
