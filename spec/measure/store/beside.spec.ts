import { expect, test } from 'vitest'
import { besidePath } from '../../../lib/measure/store/beside.ts'

test.each([
  ['run.csv', 'SysStats', 'run.SysStats.csv'],
  ['/runs/1.2/a.b.ndjson', 'SysStats', '/runs/1.2/a.b.SysStats.ndjson'],
  ['run', 'SysStats', 'run.SysStats'],
  ['run.csv', '../Mine+Yours@fs1:8021', 'run._Mine_Yours@fs1_8021.csv'],
])('beside %s, the rows of %s are in %s', (cdrs, name, path) => {
  expect(besidePath(cdrs, name)).toBe(path)
})
