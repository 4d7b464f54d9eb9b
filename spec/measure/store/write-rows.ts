import { writeSync } from 'node:fs'
import { CDR_COLUMNS } from '../../../lib/measure/cdr/cdr.ts'
import { createRowStore } from '../../../lib/measure/store/row-store.ts'

/**
 * Writes 200 CDRs a second to the file until it is killed, and tells of each on stdout before it goes to the store:
 * its number, and when.
 */
const store = await createRowStore(process.argv[2] ?? '', CDR_COLUMNS)
const started = performance.now()
let written = 0

const row = (): object =>
  Object.fromEntries(
    Object.entries(CDR_COLUMNS).map(([name, kind]) => [
      name,
      kind === 'number' ? Date.now() + written / 1000 : `${name}, "${written}"`,
    ]),
  )

setInterval(() => {
  while (written < (performance.now() - started) / 5) {
    writeSync(1, `${written} ${Date.now()}\n`)
    store.append({ ...row(), call_uuid: `call ${written}`, erlangs: written })
    written++
  }
}, 5)
