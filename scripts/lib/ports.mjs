import net from "node:net"

/** A port nothing listens on, chosen by the operating system. */
export async function freePort() {
  return await new Promise((resolve, reject) => {
    const server = net.createServer()
    server.unref()
    server.on("error", reject)
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

/** True when something listens on the port of this machine, on either of its loopback addresses. */
export async function isPortTaken(port) {
  const answers = await Promise.all(["127.0.0.1", "::1"].map((host) => answersAt(host, port)))
  return answers.includes(true)
}

function answersAt(host, port) {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host })
    socket.once("connect", () => {
      socket.destroy()
      resolve(true)
    })
    socket.once("error", () => resolve(false))
  })
}
