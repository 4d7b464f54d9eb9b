import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const OPTIONS = [
  '-O3',
  '--enable',
  'simd',
  '--runtime',
  'stub',
  '--noAssert',
  '--initialMemory',
  '20',
  '--enable',
  'bulk-memory',
]
const source = new URL('src/scan.ts', import.meta.url).pathname
const compiler = new URL('../node_modules/assemblyscript/bin/asc.js', import.meta.url).pathname

/** The module that `lib/esl/scan-code.ts` is to be: what the compiler makes of `src`. */
export const compile = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'switchix-wasm-'))
  try {
    const out = join(folder, 'scan.wasm')
    execFileSync(process.execPath, [compiler, source, ...OPTIONS, '-o', out], { stdio: 'inherit' })
    const lines =
      readFileSync(out)
        .toString('base64')
        .match(/.{1,100}/g) ?? []
    return `/** The WebAssembly that \`npm run build:wasm\` makes of wasm/src, in base64. */
export const SCAN_CODE = [
${lines.map((line) => `  '${line}',\n`).join('')}].join('')
`
  } finally {
    rmSync(folder, { recursive: true })
  }
}
