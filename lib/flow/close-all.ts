/** Runs all of them, one after the other and whatever fails; then rejects with the first error. */
export const closeAll = async (closers: Iterable<() => unknown>): Promise<void> => {
  let failure: { readonly error: unknown } | undefined
  for (const close of closers)
    try {
      await close()
    } catch (error) {
      failure ??= { error }
    }
  if (failure) throw failure.error
}
