/**
 * Finds headers in the text of plain events, 16 and 32 bytes at a time, which JavaScript cannot. Compiled by AssemblyScript
 * (`npm run build:wasm`) to lib/esl/scan-code.ts; lib/esl/scanner.ts is the other side.
 */
export { find } from './find'
export { index } from './headers'
export { learn, nextText } from './names'
export { AGAIN, CHANGED, CHANGES, DECODED, END, JOINED, LINES, MARKS, OTHERS, READ, ROOM } from './layout'
