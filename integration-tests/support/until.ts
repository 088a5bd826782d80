/** Waits until something is so. */
export async function until(isSo: () => Promise<boolean>, within = 20_000): Promise<void> {
  const end = Date.now() + within
  while (!(await isSo())) {
    if (Date.now() > end) {
      throw new Error(`Not so after ${within} ms: ${isSo}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
