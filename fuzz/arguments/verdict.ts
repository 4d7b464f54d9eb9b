/**
 * What became of a value: it arrived as it was given (undefined); as another (`WRONG`); or became syntax (`INJECTED`): another
 * command, header, variable, application, expansion, option.
 */
export type Verdict = { readonly kind: 'WRONG' | 'INJECTED'; readonly why: string } | undefined

const said = (why: unknown): string => (typeof why === 'string' ? why : JSON.stringify(why))

export const wrong = (why: unknown): Verdict => ({ kind: 'WRONG', why: said(why) })

export const injected = (why: unknown): Verdict => ({ kind: 'INJECTED', why: said(why) })

/** Whether what came is what was given. */
export const same = (got: string | undefined, given: string): Verdict =>
  got === given ? undefined : wrong(`got ${JSON.stringify(got)}`)

/** Whether these words came, and no others; those that are undefined are not looked at. */
export const sameWords = (got: readonly string[], given: readonly string[]): Verdict => {
  if (got.length !== given.length) return injected(`${got.length} words ${JSON.stringify(got)}`)
  const at = got.findIndex((word, i) => word !== given[i])
  return at < 0 ? undefined : wrong(`word ${at} is ${JSON.stringify(got[at])}`)
}
