import { existsSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import type { Block } from './blocks.ts'

const root = new URL('../../', import.meta.url).pathname

/** What the programs get as `switchix` when they are run: hosts without an address are the embedded switch of the scope. */
export const SWITCHIX = `export * from 'switchix'
export { callOnce, connect, createPool, listen, serve } from './scope.js'
`

/** Where a name comes from that a block uses and does not import: the first module that exports it. */
const MODULES = [
  './scope.ts',
  'switchix',
  'switchix/apps',
  'switchix/testing',
  'ix/asynciterable/operators',
  'node:assert/strict',
  'node:fs/promises',
] as const

/** `Cannot find name`, with its variants. */
const UNKNOWN_NAME = new Set([2304, 2552, 2503, 18004])

const { config } = ts.readConfigFile(`${root}tsconfig.json`, (path) => readFileSync(path, 'utf8')) as {
  config: { compilerOptions: object }
}
const { options } = ts.convertCompilerOptionsFromJson(
  { ...config.compilerOptions, verbatimModuleSyntax: false },
  root,
)
const host = ts.createCompilerHost(options)
const readSource = host.getSourceFile.bind(host)
const cache = new Map<string, ts.SourceFile | undefined>()

/** A program of these files, in a folder that is there for its relative imports only. */
const programOf = (files: ReadonlyMap<string, string>, before?: ts.Program): ts.Program => {
  host.fileExists = (path) => files.has(path) || existsSync(path)
  host.readFile = (path) => files.get(path) ?? ts.sys.readFile(path)
  host.getSourceFile = (path, ...rest) => {
    const text = files.get(path)
    if (text !== undefined) return ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)
    if (!cache.has(path)) cache.set(path, readSource(path, ...rest))
    return cache.get(path)
  }
  return ts.createProgram([...files.keys(), `${root}spec/docs/scope.ts`], options, host, before)
}

/** The modules that export each name. */
const exportsOf = (program: ts.Program): Map<string, string> => {
  const checker = program.getTypeChecker()
  const names = new Map<string, string>()
  const imports = program.getSourceFile(`${root}spec/docs/modules.ts`)
  for (const statement of imports?.statements ?? []) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue
    const module = checker.getSymbolAtLocation(statement.moduleSpecifier)
    for (const { name } of module ? checker.getExportsOfModule(module) : [])
      if (!names.has(name)) names.set(name, statement.moduleSpecifier.text)
  }
  return names
}

/** A block as a program: with what it needs of the modules above imported. */
export interface Program {
  readonly name: string
  readonly file: string | undefined
  /** In JavaScript. */
  readonly code: string
  /** What the compiler finds wrong with it. */
  readonly errors: readonly string[]
}

const nameOf = ({ file }: ts.Diagnostic, start: number): string =>
  /^[\p{ID_Start}$_][\p{ID_Continue}$]*/u.exec(file?.text.slice(start) ?? '')?.[0] ?? ''

const describe = (diagnostic: ts.Diagnostic): string =>
  ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')

/** What Node runs: without types, and with the built modules of its own. */
export const toJavaScript = (code: string): string =>
  ts
    .transpileModule(code, {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
    })
    .outputText.replaceAll("'./scope.ts'", "'./scope.js'")

/** Makes programs of blocks, and compiles them. Files that blocks import from each other stand beside them. */
export const programsOf = (blocks: readonly Block[]): Program[] => {
  const pathOf = ({ name, file }: Block): string =>
    `${root}spec/docs/${file === undefined || file.includes('/') ? `${name.replace(/\W/g, '_')}.ts` : file}`
  const modules = MODULES.map((module) => `import '${module}'`).join('\n')
  const files = new Map([
    [`${root}spec/docs/modules.ts`, modules],
    ...blocks.map((block): [string, string] => [pathOf(block), `${block.code}export {}\n`]),
  ])
  const first = programOf(files)
  const known = exportsOf(first)
  const codes = blocks.map((block): string => {
    const source = first.getSourceFile(pathOf(block))
    const missing = new Set(
      first
        .getSemanticDiagnostics(source)
        .flatMap((each) =>
          UNKNOWN_NAME.has(each.code) && each.start !== undefined ? [nameOf(each, each.start)] : [],
        ),
    )
    const imports = [...missing].flatMap((name) => {
      const module = known.get(name)
      return module === undefined ? [] : [`import { ${name} } from '${module}'\n`]
    })
    return imports.join('') + block.code
  })
  blocks.forEach((block, i) => files.set(pathOf(block), `${codes[i] ?? ''}export {}\n`))
  const second = programOf(files, first)
  return blocks.map((block, i) => {
    const source = second.getSourceFile(pathOf(block))
    const found = [...second.getSyntacticDiagnostics(source), ...second.getSemanticDiagnostics(source)]
    const code = toJavaScript(codes[i] ?? '').replaceAll(/from (['"])switchix\1/g, "from './switchix.js'")
    return { ...block, code, errors: found.map(describe) }
  })
}
