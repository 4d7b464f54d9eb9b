import { readFile } from 'node:fs/promises'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { CDR_COLUMNS } from '../../../lib/measure/cdr/cdr.ts'
import { createWriter } from '../../../lib/measure/store/format.ts'
import { createBench } from '../../dial/on-embedded-switch.ts'

const schema = JSON.parse(
  await readFile(new URL('../../../schema/cdr.schema.json', import.meta.url), 'utf8'),
) as { properties: Record<string, { type: string }> }

test('the JSON Schema of a CDR has its columns, in their order, with their types', () => {
  const types = Object.entries(CDR_COLUMNS).map(([name, kind]) => [name, kind === 'text' ? 'string' : kind])
  expect(Object.entries(schema.properties).map(([name, { type }]) => [name, type])).toEqual(types)
})

test('the JSON Schema of a CDR holds for the rows of a run', async () => {
  const { dialer, run, clock, close, cdrs } = await createBench()
  const originator = await dialer({ rate: 50, maxOffered: 3, duration: 100 })
  await run(originator)
  const writer = createWriter('ndjson', CDR_COLUMNS)
  const validate = new Ajv().compile(schema)
  for (const cdr of cdrs) {
    validate(JSON.parse(writer.write({ ...cdr })))
    expect(validate.errors).toBeNull()
  }
  expect(cdrs).toHaveLength(3)
  await clock.run(originator.close())
  await close()
})
