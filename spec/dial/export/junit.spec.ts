import { DOMParser } from '@xmldom/xmldom'
import { describe, expect, it } from 'vitest'
import { junitXml } from '../../../lib/dial/export/junit.ts'
import type { RunSummary } from '../../../lib/dial/summary.ts'
import { createBench } from '../on-embedded-switch.ts'

const runOf = async (thresholds: readonly string[]): Promise<RunSummary> => {
  const bench = await createBench()
  const dialer = await bench.dialer({ rate: 50, maxOffered: 5, duration: 100, thresholds })
  await bench.run(dialer)
  const summary = dialer.summary()
  await bench.clock.run(dialer.close())
  await bench.close()
  return summary
}

const casesIn = (xml: string): [string, string, string | undefined][] => {
  const document = new DOMParser({
    onError: (level, message) => {
      throw new Error(`${level}: ${message}`)
    },
  }).parseFromString(xml, 'text/xml')
  return Array.from(document.getElementsByTagName('testcase'), (each) => [
    each.getAttribute('classname') ?? '',
    each.getAttribute('name') ?? '',
    each.getElementsByTagName('failure')[0]?.getAttribute('message') ?? undefined,
  ])
}

describe("JUnit's XML of a run", () => {
  it('has a test case for its validity, each switch and each threshold', async () => {
    const summary = await runOf(['failed==0', 'setup.p95<1ms', 'srd_failed.max<1s'])
    const xml = junitXml(summary)
    const [node = ''] = summary.nodes.map(({ name }) => name)
    expect(casesIn(xml)).toEqual([
      ['validity', 'the run is valid', undefined],
      ['validity', `${node} was there to the end`, undefined],
      ['thresholds', 'failed==0', undefined],
      ['thresholds', 'setup.p95<1ms', `it was ${summary.thresholds[1]?.value}`],
      ['thresholds', 'srd_failed.max<1s', 'nothing was measured'],
    ])
    expect(xml).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites tests="5" failures="2"/)
  })

  it("is what the schema of Jenkins' xUnit plugin (junit-10.xsd) has: its elements, their attributes, and counts that are right", async () => {
    const xml = junitXml(await runOf(['failed==0', 'setup.p95<1ms']))
    const ALLOWED: Readonly<Record<string, readonly string[]>> = {
      testsuites: ['name', 'time', 'tests', 'failures', 'errors'],
      testsuite: ['name', 'tests', 'failures', 'errors', 'time', 'timestamp'],
      testcase: ['name', 'classname', 'time'],
      failure: ['message', 'type'],
    }
    const document = new DOMParser().parseFromString(xml, 'text/xml')
    const elements = Array.from(document.getElementsByTagName('*'))
    for (const { tagName, attributes } of elements)
      for (const { name } of Array.from(attributes)) expect(ALLOWED[tagName]).toContain(name)
    const [root, suite] = ['testsuites', 'testsuite'].map((name) => document.getElementsByTagName(name)[0])
    expect(
      [root, suite].map((each) => [each?.getAttribute('tests'), each?.getAttribute('failures')]),
    ).toEqual([
      ['4', '1'],
      ['4', '1'],
    ])
    expect(suite?.getAttribute('timestamp')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/)
    expect(document.getElementsByTagName('testcase')).toHaveLength(4)
    expect(document.getElementsByTagName('failure')).toHaveLength(1)
  })

  it('says why a run is not valid, in whatever characters there are', async () => {
    const summary = await runOf([])
    const reasons = ['a <b> & "c"', '\u0000 \u001b[31m é 😀']
    const xml = junitXml({
      ...summary,
      health: { ...summary.health, valid: false, bottleneck: 'generator', reasons },
      nodes: summary.nodes.map((node) => ({ ...node, name: "n'1", connected: false })),
    })
    expect(casesIn(xml)).toEqual([
      ['validity', 'the run is valid', 'the generator itself was the bottleneck: a <b> & "c"; ? ?[31m é 😀'],
      ['validity', "n'1 was there to the end", "n'1 was lost"],
    ])
  })
})
