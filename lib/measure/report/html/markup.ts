import { escapeXml } from '../../../testing/ladder/svg.ts'

/** HTML that may go into a page as it is. Only `html` and `trusted` make it: any other text is escaped. */
export interface Markup {
  readonly markup: string
}

type Part = Markup | string | number | undefined | false | readonly Part[]

const textOf = (part: Part): string => {
  if (part === undefined || part === false) return ''
  if (typeof part === 'object') return 'markup' in part ? part.markup : part.map(textOf).join('')
  return escapeXml(String(part))
}

/** A piece of a page. What is put into it is escaped, for attributes too, which therefore always stand in quotes. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  markup: strings.map((text, i) => text + textOf(parts[i])).join(''),
})

/** Text of ours that is HTML already: a file of the package, a picture that was escaped when it was drawn. */
export const trusted = (markup: string): Markup => ({ markup })

/** Data for a script element: nothing in it can end the element, or begin another. */
export const scriptData = (data: unknown): Markup =>
  trusted(
    JSON.stringify(data).replace(
      /[<>&\u2028\u2029]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  )
