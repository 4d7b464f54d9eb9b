import { knownLines, type KnownLines } from '../events/known-lines.ts'
import { isNeverInBlocks } from './single-variables.ts'

/** What there is to know of a variable's name, and the lines of variables of that name. */
export interface VariableName extends KnownLines {
  /** Whether some block of the switch's own may have it. */
  readonly inBlocks: boolean
  /** Whether it asks for something to be done at some moment: `execute_on_answer`, `api_on_ring`, ... */
  readonly hook: boolean
  /** Whether there is more than ASCII in it. */
  readonly wide: boolean
}

const read = (name: string): VariableName => ({
  ...knownLines(`variable_${name}`),
  inBlocks: !isNeverInBlocks(name),
  hook: /^(?:execute|api)_on_/.test(name),
  wide: !/^[\x20-\x7e]*$/.test(name),
})

const known = new Map<string, VariableName>()
const MOST_KNOWN = 4096

/** Names come again and again, a hundred with every call: each is looked at once. */
export const nameOf = (name: string): VariableName => {
  let found = known.get(name)
  if (found === undefined) {
    found = read(name)
    if (known.size < MOST_KNOWN) known.set(name, found)
  }
  return found
}
