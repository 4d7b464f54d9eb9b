import { asSent, decode, encode } from './encode.ts'

/** The headers of an event as name and (still encoded) value, in order. */
export const headerPairs = (headers: string): [name: string, value: string][] =>
  headers.split('\n').map((line) => {
    const colon = line.indexOf(': ')
    return [line.slice(0, colon), line.slice(colon + 2)]
  })

const ARRAY = 'ARRAY::'
const ENCODED_ARRAY = encode(ARRAY)

const jsonValue = (value: string): string =>
  JSON.stringify(value.startsWith(ARRAY) ? value.slice(ARRAY.length).split('|:') : value)

/** The event as JSON: values decoded, arrays as arrays (`switch_event_serialize_json` in `src/switch_event.c`). */
export const toJson = (headers: string, body: string): string => {
  const members = headerPairs(headers).map(
    ([name, value]) => `${JSON.stringify(name)}:${jsonValue(decode(value))}`,
  )
  if (body !== '') {
    members.push(`"Content-Length":"${Buffer.byteLength(body)}"`, `"_body":${JSON.stringify(body)}`)
  }
  return `{${members.join(',')}}`
}

const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' }

/**
 * What is not ASCII goes as its number; what is no UTF-8 is left out, with the character behind it (`switch_xml_ampencode`
 * in `src/switch_xml.c`).
 */
const escapeXml = (text: string): string =>
  text
    .replace(/\uFFFD[^\u0080-\uFFFF&<>"\n\t\r]?/g, '')
    .replace(
      /[&<>\r]|[^\0-\x7f]/gu,
      (char) => ESCAPED[char] ?? `&#x${(char.codePointAt(0) ?? 0).toString(16).toUpperCase()};`,
    )

/** A text that ends with a line gets the indentation of its closing tag into it. */
const closeBody = (text: string): string => (text.endsWith('\n') ? `${text}  ` : text)

/** An array is an element for each of its values. */
const xmlValues = (value: string): string[] => {
  if (!value.startsWith(ENCODED_ARRAY)) return [value]
  return decode(value).slice(ARRAY.length).split('|:').map(encode)
}

/** The event as XML: values stay encoded, the body stands outside the headers (`switch_event_xmlize`, same file). */
export const toXml = (headers: string, body: string): string => {
  const elements = headerPairs(asSent(headers)).flatMap(([name, value]) =>
    xmlValues(value).map((one) => `    <${name}>${one}</${name}>\n`),
  )
  const rest =
    body === ''
      ? ''
      : `  <Content-Length>${Buffer.byteLength(body)}</Content-Length>\n  <body>${closeBody(escapeXml(body))}</body>\n`
  return `<event>\n  <headers>\n${elements.join('')}  </headers>\n${rest}</event>\n`
}
