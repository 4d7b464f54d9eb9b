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
      ['validity', 'the generator was not the bottleneck', undefined],
      ['validity', `${node} was there to the end`, undefined],
      ['thresholds', 'failed==0', undefined],
      ['thresholds', 'setup.p95<1ms', `it was ${summary.thresholds[1]?.value}`],
      ['thresholds', 'srd_failed.max<1s', 'nothing was measured'],
    ])
    expect(xml).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites tests="5" failures="2"/)
  })

  it('says why a run is not valid, in whatever characters there are', async () => {
    const summary = await runOf([])
    const reasons = ['a <b> & "c"', '\u0000 \u001b[31m é 😀']
    const xml = junitXml({
      ...summary,
      health: { ...summary.health, valid: false, reasons },
      nodes: summary.nodes.map((node) => ({ ...node, name: "n'1", connected: false })),
    })
    expect(casesIn(xml)).toEqual([
      ['validity', 'the generator was not the bottleneck', 'a <b> & "c"; ? ?[31m é 😀'],
      ['validity', "n'1 was there to the end", "n'1 was lost"],
    ])
  })
})
