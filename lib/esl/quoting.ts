export { encodeBraces, type Vars } from './encode/braces.ts'
export { encodeWord } from './encode/word.ts'
