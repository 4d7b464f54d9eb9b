import { Command } from 'commander'

/** A command as the help of `switchix` lists it; its module is loaded only where it is named. */
interface Outline {
  readonly name: string
  /** Its arguments, in commander's form. */
  readonly args: string
  readonly description: string
  /** Loads the command itself. */
  readonly load: () => Promise<Command>
}

/** All commands, in the order of the help. */
export const COMMANDS: readonly Outline[] = [
  {
    name: 'dial',
    args: '[hosts...]',
    description: 'place calls at a rate, and say what became of them',
    load: async () => (await import('./dial.ts')).dialCommand(),
  },
  {
    name: 'serve',
    args: '[hosts...]',
    description: 'run apps for the calls of one FreeSWITCH or many',
    load: async () => (await import('./serve.ts')).serveCommand(),
  },
  {
    name: 'sim',
    args: '',
    description: 'serve an embedded FreeSWITCH look-alike to any Event Socket client',
    load: async () => (await import('./sim.ts')).simCommand(),
  },
  {
    name: 'doctor',
    args: '<hosts...>',
    description: 'look at a FreeSWITCH for what stands in the way, and say how to mend it',
    load: async () => (await import('./doctor.ts')).doctorCommand(),
  },
  {
    name: 'list-apps',
    args: '',
    description: 'list the built-in apps and their options',
    load: async () => (await import('./list-apps.ts')).listAppsCommand(),
  },
  {
    name: 'query',
    args: '<runs...>',
    description: 'measure the calls of runs, or ask their CDRs in SQL',
    load: async () => (await import('./query.ts')).queryCommand(),
  },
  {
    name: 'audio',
    args: '<ref> <rec>',
    description: 'judge the sound of a recording by the clip that was played',
    load: async () => (await import('./audio.ts')).audioCommand(),
  },
  {
    name: 'report',
    args: '<runs...>',
    description: 'make one HTML page of a run, or of several',
    load: async () => (await import('./report.ts')).reportCommand(),
  },
  {
    name: 'plot',
    args: '<run>',
    description: 'draw the calls of a run as SVG: latencies, calls that are up, rates',
    load: async () => (await import('./plot.ts')).plotCommand(),
  },
  {
    name: 'record',
    args: '<host>',
    description: 'record calls to a file, for tests to replay',
    load: async () => (await import('./record.ts')).recordCommand(),
  },
  {
    name: 'replay',
    args: '<file>',
    description: 'replay a recording to an app, and show where it does otherwise than recorded',
    load: async () => (await import('./replay.ts')).replayCommand(),
  },
  {
    name: 'ladder',
    args: '<file>',
    description: 'show a recording as a sequence diagram',
    load: async () => (await import('./ladder.ts')).ladderCommand(),
  },
]

const outlineOf = ({ name, args }: Outline): Command =>
  args === '' ? new Command(name) : new Command(name).arguments(args)

/** The commands for a command line: the one that is named whole, the others only as the help lists them. */
export const commandsFor = (named: string | undefined): Promise<Command[]> =>
  Promise.all(
    COMMANDS.map(async (each) => {
      const command = each.name === named ? await each.load() : outlineOf(each)
      return command.description(each.description)
    }),
  )
