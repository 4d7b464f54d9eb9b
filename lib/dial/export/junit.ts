import { DOMImplementation, XMLSerializer, type Document, type Element } from '@xmldom/xmldom'
import { whyNotValid } from '../../measure/summary/health.ts'
import { shortcomingsOf } from '../../measure/summary/outcome-text.ts'
import type { RunSummary } from '../summary.ts'

interface TestCase {
  readonly name: string
  readonly classname: string
  /** Why it failed; undefined where it did not. */
  readonly failure?: string | undefined
  /** Why there is nothing to judge, or not all of it: JUnit's error. */
  readonly error?: string | undefined
}

/** What XML 1.0 has no way to write. */
const UNWRITABLE = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu

/** A run that is not whole, or whose rows are not: nothing of it can be relied on. */
const errorsOf = (summary: RunSummary): TestCase[] =>
  shortcomingsOf(summary).map((error) => ({ name: 'the run is whole', classname: 'validity', error }))

const casesOf = ({ health, nodes, thresholds }: RunSummary): TestCase[] => [
  {
    name: 'the run is valid',
    classname: 'validity',
    failure: health.valid ? undefined : `${whyNotValid(health)}: ${health.reasons.join('; ')}`,
  },
  ...nodes.map(({ name, connected }) => ({
    name: `${name} was there to the end`,
    classname: 'validity',
    failure: connected ? undefined : `${name} was lost`,
  })),
  ...thresholds.map(({ threshold, value, ok }) => ({
    name: threshold,
    classname: 'thresholds',
    failure: ok ? undefined : value === null ? 'nothing was measured' : `it was ${value}`,
  })),
]

const append = (parent: Element, name: string, attributes: Readonly<Record<string, string>>): Element => {
  const child = (parent.ownerDocument as Document).createElement(name)
  for (const [key, value] of Object.entries(attributes))
    child.setAttribute(key, value.replace(UNWRITABLE, '?'))
  parent.appendChild(child)
  return child
}

/** The summary as JUnit's XML, for CI: whether the run is valid, and each threshold, is a test case. */
export const junitXml = (summary: RunSummary): string => {
  const cases = [...errorsOf(summary), ...casesOf(summary)]
  const failures = String(cases.filter(({ failure }) => failure !== undefined).length)
  const counts = {
    tests: String(cases.length),
    failures,
    errors: String(cases.filter(({ error }) => error !== undefined).length),
    time: String(summary.durationMs / 1000),
  }
  const document = new DOMImplementation().createDocument(null, 'testsuites')
  const root = document.documentElement as Element
  for (const [name, value] of Object.entries(counts)) root.setAttribute(name, value)
  const timestamp = summary.startedAt === null ? {} : { timestamp: summary.startedAt }
  const suite = append(root, 'testsuite', { name: 'switchix dial', ...counts, ...timestamp })
  for (const { failure, error, ...names } of cases) {
    const element = append(suite, 'testcase', { ...names, time: '0' })
    if (failure !== undefined) append(element, 'failure', { message: failure })
    if (error !== undefined) append(element, 'error', { message: error })
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(document)}\n`
}
