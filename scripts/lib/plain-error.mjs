/** A failure whose message is all that the reader needs: it is printed without a stack trace. */
export class PlainError extends Error {
  constructor(message) {
    super(message)
    this.name = "PlainError"
  }
}
