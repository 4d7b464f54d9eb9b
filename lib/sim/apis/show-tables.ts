import { API_TABLE } from './known-apis.ts'
import { APIS } from './index.ts'
import { APPLICATION_TABLE } from '../execution/known-applications.ts'
import { APPLICATIONS } from '../applications/index.ts'
import type { Table } from './show-format.ts'
import type { Switch } from '../core/switch.ts'

/** What the switch can do, by kind; what it has of FreeSWITCH's modules, and no more. */
const INTERFACES: readonly (readonly [type: string, name: string, module: string])[] = [
  ['codec', 'G.711 alaw', 'CORE_PCM_MODULE'],
  ['codec', 'G.711 ulaw', 'CORE_PCM_MODULE'],
  ['dialplan', 'XML', 'mod_dialplan_xml'],
  ['dialplan', 'inline', 'mod_dptools'],
  ['endpoint', 'error', 'mod_dptools'],
  ['endpoint', 'sofia', 'mod_sofia'],
  ['endpoint', 'user', 'mod_dptools'],
  ['file', 'file_string', 'mod_dptools'],
  ['file', 'silence_stream', 'mod_tone_stream'],
  ['file', 'tone_stream', 'mod_tone_stream'],
  ['file', 'wav', 'mod_sndfile'],
  ['timer', 'soft', 'CORE_SOFTTIMER_MODULE'],
]

const TYPED = ['type', 'name', 'ikey']

const typedRows = (rows: typeof INTERFACES): Table => ({
  columns: TYPED,
  rows: rows.map(([type, name, ikey]) => ({ type, name, ikey })),
})

const DESCRIBED = ['name', 'description', 'syntax', 'ikey']

/** The applications, or the api commands, that it models; one that is not here is refused. */
const applications = (): Table['rows'] =>
  APPLICATION_TABLE.filter(({ name }) => APPLICATIONS.has(name)).map((one) => ({ ...one, ikey: one.module }))

const apis = (): Table['rows'] =>
  API_TABLE.filter(({ name }) => APIS.has(name)).map(({ name, description, syntax, module }) => ({
    name,
    description,
    syntax,
    ikey: module,
  }))

const everything = (): typeof INTERFACES =>
  [
    ...INTERFACES,
    ...apis().map((row) => ['api', row['name'] ?? '', row['ikey'] ?? ''] as const),
    ...applications().map((row) => ['application', row['name'] ?? '', row['ikey'] ?? ''] as const),
  ].sort(([type, name], [otherType, otherName]) =>
    type === otherType ? (name < otherName ? -1 : 1) : type < otherType ? -1 : 1,
  )

const tasks = (sw: Switch): Table => ({
  columns: ['task_id', 'task_desc', 'task_group', 'task_runtime', 'task_sql_manager', 'hostname'],
  rows: [...sw.tasks.values()].map(({ id, desc, group, at }) => ({
    task_id: String(id),
    task_desc: desc,
    task_group: group,
    task_runtime: String(at),
    task_sql_manager: '0',
    hostname: sw.config.hostname,
  })),
})

const SINGULAR = /^(codec|dialplan|file|timer|chat|limit|say|management|endpoint)s?$/i

/** The tables of `show` that are not about calls; undefined for another word. */
export const showTable = (sw: Switch, what: string, name: string | undefined): Table | undefined => {
  const type = SINGULAR.exec(what)?.[1]?.toLowerCase()
  if (type !== undefined) return typedRows(INTERFACES.filter(([one]) => one === type))
  const named = (rows: Table['rows']): Table => ({
    columns: DESCRIBED,
    rows: name === undefined ? rows : rows.filter((row) => row['name'] === name),
  })
  switch (what.toLowerCase()) {
    case 'application':
      return named(applications())
    case 'api':
      return named(apis())
    case 'interfaces':
      return typedRows(everything())
    case 'tasks':
      return tasks(sw)
    case 'aliases':
      return {
        columns: ['sticky', 'alias', 'command', 'hostname'],
        rows: [...sw.stores.aliases].map(([alias, command]) => ({
          sticky: '0',
          alias,
          command,
          hostname: sw.config.hostname,
        })),
      }
    case 'registrations':
    case 'nat_map':
      return { columns: [], rows: [] }
    default:
      return undefined
  }
}
