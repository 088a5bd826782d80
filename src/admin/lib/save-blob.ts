const click = (url: string, name: string) => {
  const link = document.createElement("a")

  link.href = url
  link.download = name
  link.click()
}

/** Hands a file to the browser's downloads. */
export const saveBlob = (blob: Blob, name: string) => {
  const url = URL.createObjectURL(blob)

  click(url, name)
  // Revoked at once, some browsers would save nothing.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** Has the browser fetch and save a file by itself, however large: nothing of it goes through the page. */
export const saveFrom = (url: string, name: string) => click(url, name)
