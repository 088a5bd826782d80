// Starting a store takes seconds, on a busy machine many.
jest.setTimeout(180_000)
