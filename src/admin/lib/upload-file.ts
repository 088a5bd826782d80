export const UPLOAD_FORMATS = [".txt", ".csv"]

export type FileProblem = "format" | "empty" | "many"

/** Why dropped or chosen files cannot be taken; undefined when there is one that can. */
export const findFileProblem = (
  files: Pick<File, "name" | "size">[]
): FileProblem | undefined => {
  if (files.length !== 1) {
    return "many"
  }

  const [{ name, size }] = files

  if (!UPLOAD_FORMATS.some((format) => name.toLowerCase().endsWith(format))) {
    return "format"
  }

  return size === 0 ? "empty" : undefined
}
