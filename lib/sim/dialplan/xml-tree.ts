import { DOMParser, type Element as DomElement, type Node } from '@xmldom/xmldom'
import { ArgumentError } from '../../errors.ts'

/** An element: its name, its attributes, its children in order, and its own text. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  readonly text: string
}

const ELEMENT = 1
const TEXT = 3
const CDATA = 4

const read = (element: DomElement): Element => {
  const nodes = Array.from(element.childNodes)
  return {
    name: element.tagName,
    attributes: Object.fromEntries(Array.from(element.attributes, ({ name, value }) => [name, value])),
    children: nodes.filter((node) => node.nodeType === ELEMENT).map((node: Node) => read(node as DomElement)),
    text: nodes
      .filter(({ nodeType }) => nodeType === TEXT || nodeType === CDATA)
      .map(({ nodeValue }) => nodeValue ?? '')
      .join('')
      .trim(),
  }
}

/** Reads XML, and gives its root. Throws ArgumentError with the place where it is not well formed. */
export const readXml = (xml: string): Element => {
  try {
    const parser = new DOMParser({
      onError(level, message) {
        if (level !== 'warning') throw new Error(message)
      },
    })
    const root = parser.parseFromString(xml, 'text/xml').documentElement
    if (root) return read(root)
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''
    throw new ArgumentError(`the XML is not well formed: ${reason}`, error)
  }
  throw new ArgumentError('the XML has no element in it')
}

/** The children of that name. */
export const childrenOf = (element: Element, name: string): Element[] =>
  element.children.filter((child) => child.name === name)
