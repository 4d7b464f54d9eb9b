/**
 * Where telephone numbers and users stand in what is said on an Event Socket connection: the headers and variables of
 * caller and callee, SIP and tel URIs, dial strings, display names, and E.164 numbers wherever they are.
 */

/** Gives what shall stand in place of an identity. */
export type Rewrite = (identity: string) => string

const HEADER =
  /(?:^|[-_])(?:caller|callee)[-_]id[-_](?:name|number)$|(?:^|[-_])cid[-_](?:name|num(?:ber)?)$|-(?:ANI|Destination-Number|Username|RDNIS)$|^(?:variable_)?(?:[\w-]*_)?(?:user|user_stripped|display|username|user_name|ani|rdnis|destination_number|dialed_number|dialed_user)$|^variable_DP_MATCH$|phone|mobile|msisdn/i

const CALL_ID = /call[-_]id$/i

const HOST = String.raw`(?:\d{1,3}(?:\.\d{1,3}){3}|\[[\da-fA-F:.]+\]|localhost|(?:[\w-]+\.)+[a-zA-Z][\w-]*)`
const USER = String.raw`[^\s@/:<>"',;=(){}\[\]|^]+`

const DISPLAY = /"([^"\n]+)"(?=\s*<)/g
/** `"name" <number>`, as `caller_id` has it. */
const IN_BRACKETS = /(?<=" <)([^\s<>@:]+)(?=>)/g
const AT_HOST = new RegExp(`(${USER})(?=@${HOST})`, 'g')
/** After a scheme or a profile any host will do. */
const IN_URI = new RegExp(
  String.raw`(\bsips?:|\btel:|\bsofia\/[^\s/]+\/(?:sips?:)?|\buser\/)(${USER})(?=@|$|[\s;,>])`,
  'g',
)
const ASSIGNED =
  /\b((?:[a-z]+_)*(?:caller|callee)_id_(?:name|number)|(?:[a-z]+_)*(?:from|to|req|contact|invite_from|invite_to|auth)_(?:user|username|display))=('[^']*'|[^\s,;}\]']+)/g
const E164 = /(?<![\w+])\+\d{7,15}(?!\d)/g
const TRANSFERRED =
  /(\buuid_transfer \S+ (?:-\w+ )?|\bexecute-app-name: (?:transfer|deflect|redirect)\n(?:[^\n]*\n)*?execute-app-arg: )(\+?\d+)(?=\s|$)/g

/** Identities in a text: a command, an output, a value. */
export const rewriteText = (text: string, rewrite: Rewrite): string =>
  text
    .replace(DISPLAY, (_, name: string) => `"${rewrite(name)}"`)
    .replace(IN_BRACKETS, (user: string) => rewrite(user))
    .replace(IN_URI, (all, before: string, user: string) =>
      new RegExp(`^${HOST}$`).test(user) ? all : before + rewrite(user),
    )
    .replace(AT_HOST, (user: string) => rewrite(user))
    .replace(ASSIGNED, (_, name: string, value: string) => {
      const [, quoted] = /^'(.*)'$/.exec(value) ?? []
      return `${name}=` + (quoted === undefined ? rewrite(value) : `'${rewrite(quoted)}'`)
    })
    .replace(TRANSFERRED, (_, before: string, number: string) => before + rewrite(number))
    .replace(E164, rewrite)

/** Identities in the value of a header: all of it, where its name says so. */
export const rewriteValue = (name: string, value: string, rewrite: Rewrite): string => {
  if (CALL_ID.test(name)) return value
  return HEADER.test(name) && !value.includes('@') ? rewrite(value) : rewriteText(value, rewrite)
}
