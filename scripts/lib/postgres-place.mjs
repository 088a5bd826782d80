import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"

import { ROOT } from "./paths.mjs"
import { PlainError } from "./plain-error.mjs"

/** Postgres refuses to run as root. Started by root, it runs as this user of the system. */
const SYSTEM_USER = "postgres"

/**
 * Folders that every user may enter. The first outlives a restart of the machine; the folder of temporary files is the last, because root's
 * may be root's alone.
 */
const OPEN_FOLDERS = process.platform === "win32" ? [os.tmpdir()] : ["/var/tmp", "/tmp", os.tmpdir()]

/**
 * Where Postgres' programs and data lie, and as whom it runs. That is the repository, unless root starts it and its folders, or those above,
 * are closed to the user it runs as (root's home, `mktemp -d`): then programs and data lie in a folder of this repository below /var/tmp.
 *
 * @param options.directory where the data is to lie; where it lies elsewhere, a link to it stands there
 * @param options.binaries the folder with the programs of this platform (bin, lib, share)
 * @param options.version of these programs
 * @returns `{ directory, binaries, owner }`: `owner` is `{ uid, gid }`, empty where Postgres runs as the caller
 */
export function placePostgres({ directory, binaries, version }) {
  fs.mkdirSync(path.dirname(directory), { recursive: true })
  if (process.getuid?.() !== 0) {
    return { directory, binaries, owner: {} }
  }
  const owner = provideSystemUser()
  return {
    directory: placeOfData(owner, directory),
    binaries: canRead(owner, binaries) ? binaries : copyOfBinaries(owner, binaries, version),
    owner,
  }
}

/** Deletes the data, wherever it lies. The server must have stopped. */
export function removePostgres(directory) {
  if (process.getuid?.() === 0) {
    for (const folder of OPEN_FOLDERS) {
      const place = shelter(folder)
      if (isOurs(place)) {
        fs.rmSync(dataIn(place, directory), { recursive: true, force: true })
        // The last data takes the programs along.
        if (fs.readdirSync(place).every((name) => name.startsWith("programs-"))) {
          fs.rmSync(place, { recursive: true, force: true })
        }
      }
    }
  }
  fs.rmSync(directory, { recursive: true, force: true })
}

/** One folder per repository: two clones never share a database. */
const shelter = (folder) => path.join(folder, `medusa-plugin-privacy-${hash(fs.realpathSync(ROOT))}`)

const dataIn = (place, directory) => path.join(place, `${path.basename(directory)}-${hash(path.relative(ROOT, directory))}`)

const hash = (text) => createHash("sha256").update(text).digest("hex").slice(0, 12)

/** Made by root and closed to everybody's pen: what another user planted under this name is neither run nor written to. */
function isOurs(folder) {
  const found = fs.lstatSync(folder, { throwIfNoEntry: false })
  return Boolean(found?.isDirectory() && found.uid === 0 && (found.mode & 0o022) === 0)
}

function provideShelter(owner) {
  const folder = OPEN_FOLDERS.find((candidate) => fs.existsSync(candidate) && canEnter(owner, candidate))
  if (!folder) {
    throw new PlainError(
      `Postgres does not run as root, and its user "${SYSTEM_USER}" may enter neither ${ROOT} nor ${OPEN_FOLDERS.join(", ")}. Start as another user, or in a folder that every user may enter.`
    )
  }
  const place = shelter(folder)
  try {
    fs.mkdirSync(place)
    fs.chmodSync(place, 0o711)
  } catch (error) {
    if (error.code !== "EEXIST") {
      throw error
    }
  }
  if (!isOurs(place)) {
    throw new PlainError(`${place} was not made by root, or others may write to it. Delete it and start again.`)
  }
  return place
}

function copyOfBinaries(owner, binaries, version) {
  const place = provideShelter(owner)
  const copy = path.join(place, `programs-${version}`)
  if (!fs.existsSync(copy)) {
    const unfinished = fs.mkdtempSync(`${copy}-`)
    fs.cpSync(binaries, unfinished, { recursive: true, verbatimSymlinks: true })
    openToReaders(unfinished)
    try {
      fs.renameSync(unfinished, copy)
    } catch (error) {
      fs.rmSync(unfinished, { recursive: true, force: true })
      // Another start has finished the same copy in the meantime.
      if (!fs.existsSync(copy)) {
        throw error
      }
    }
  }
  return copy
}

function openToReaders(entry) {
  const found = fs.lstatSync(entry)
  if (found.isSymbolicLink()) {
    return
  }
  fs.chmodSync(entry, found.isDirectory() || found.mode & 0o100 ? 0o755 : 0o644)
  if (found.isDirectory()) {
    fs.readdirSync(entry).forEach((name) => openToReaders(path.join(entry, name)))
  }
}

function placeOfData(owner, directory) {
  const isLink = fs.lstatSync(directory, { throwIfNoEntry: false })?.isSymbolicLink()
  if (!isLink && canEnter(owner, path.dirname(directory))) {
    return directory
  }
  if (!isLink && fs.existsSync(path.join(directory, "PG_VERSION"))) {
    throw new PlainError(
      `Postgres runs as the user "${SYSTEM_USER}", who may not enter ${path.dirname(directory)}, where its data lies. Let every user enter the folders above (chmod o+x), or delete ${directory} and start again.`
    )
  }
  const data = dataIn(provideShelter(owner), directory)
  // A link of another repository came with a copy of its folder: that database is not this one's.
  fs.rmSync(directory, { recursive: true, force: true })
  fs.symlinkSync(data, directory)
  return data
}

function provideSystemUser() {
  const ids = () => ["-u", "-g"].map((which) => Number(execFileSync("id", [which, SYSTEM_USER], { stdio: ["ignore", "pipe", "ignore"] })))
  try {
    const [uid, gid] = ids()
    return { uid, gid }
  } catch {
    // There is none yet.
  }
  try {
    execFileSync("useradd", ["--system", "--user-group", "--no-create-home", SYSTEM_USER], { stdio: "ignore" })
    const [uid, gid] = ids()
    return { uid, gid }
  } catch {
    throw new PlainError(`Postgres does not run as root, and its user "${SYSTEM_USER}" could not be made. Make that user (useradd ${SYSTEM_USER}), or start as another user than root.`)
  }
}

/** Tried as that user, not reckoned from modes: lists of access rights and mounts count too. */
const canEnter = (owner, folder) => succeeds(owner, 'cd -- "$1"', folder)

const canRead = (owner, binaries) =>
  succeeds(owner, 'cd -- "$1" && ./bin/postgres --version && ./bin/initdb --version && test -r share/postgresql/postgres.bki', binaries)

function succeeds({ uid, gid }, script, folder) {
  try {
    execFileSync("/bin/sh", ["-c", script, "sh", folder], { uid, gid, cwd: "/", stdio: "ignore" })
    return true
  } catch {
    return false
  }
}
