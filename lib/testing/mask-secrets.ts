/**
 * Secrets in what is said on an Event Socket connection: values of headers and variables whose names say so, wherever
 * they are set, keys in SDP (RFC 4568 `inline:`, RFC 8839 `ice-pwd`), and passwords in SIP URIs.
 */

/** What stands in place of a secret. */
export const MASKED = '***'

const NAME =
  'passw(?:or)?d|passwd|\\bpwd\\b|secret|authorization\\b|auth_response|credential|api[_-]?key|crypto_key|a1[_-]hash|(?:access|auth|bearer|acl)[_-]?token'

const SECRET_NAME = new RegExp(NAME, 'i')

export const isSecretName = (name: string): boolean => SECRET_NAME.test(name)

const WORD = `[\\w.-]*(?:${NAME})[\\w.-]*`

/** Each has the secret as its last group, and what stands before it as its first. */
const PATTERNS: readonly RegExp[] = [
  // execute-app-arg: sip_auth_password=… : `set` and `export` take all of the line.
  new RegExp(
    `(execute-app-name: (?:set|export|bridge_export)\\n(?:[^\\n]*\\n)*?execute-app-arg: (?:nolocal:)?${WORD}=)([^\\n]+)`,
    'gi',
  ),
  // api uuid_setvar <uuid> sip_auth_password …
  new RegExp(`(uuid_setvar \\S+ ${WORD} )([^\\n]+)`, 'gi'),
  // {sip_auth_password=…,…}, a=…;b=…
  new RegExp(`(${WORD}=)('(?:\\\\.|[^'\\\\])*'|[^\\s,;}\\]&']+)`, 'gi'),
  // A header, or a line of a body: Authorization: Digest …
  new RegExp(`((?:^|\\n)${WORD}: )([^\\r\\n]+)`, 'gi'),
  new RegExp(`("${WORD}"\\s*:\\s*")((?:\\\\.|[^"\\\\])+)`, 'gi'),
  /(\bsips?:[^\s:@;<>]+:)([^@\s;<>]+)(?=@)/gi,
  /(\ba=crypto:[^\r\n]*?inline:)([^\s|]+)/gi,
  /(\ba=ice-pwd:)(\S+)/gi,
]

/** Secrets that stand in a text by these rules; `note` is told of each. */
export const maskSecretsIn = (text: string, note?: (secret: string) => void): string =>
  PATTERNS.reduce(
    (out, pattern) =>
      out.replace(pattern, (_, before: string, secret: string) => {
        note?.(secret.replace(/^'(.*)'$/s, '$1'))
        return before + MASKED
      }),
    text,
  )

/** The value of a header: all of it, where its name says so. */
export const maskSecretValue = (name: string, value: string, note?: (secret: string) => void): string => {
  if (!isSecretName(name)) return maskSecretsIn(value, note)
  if (value !== '') note?.(value)
  return MASKED
}
