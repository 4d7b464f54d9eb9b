import { writeFileSync } from 'node:fs'
import { compile } from './compile.ts'

writeFileSync(new URL('../lib/esl/scan-code.ts', import.meta.url), compile())
