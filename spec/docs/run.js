// Imports the built programs that are named, one after the other, and says when each has run. For programs.spec.ts.
import { end, press } from './.built/scope.js'

globalThis.fetch = () => Promise.resolve(new Response('{}'))

// A caller who presses keys all the time: some programs wait for them.
const keys = setInterval(() => press('1#'), 100)
for (const name of process.argv.slice(2)) {
  try {
    await import(`./.built/${name}.js`)
    console.log(`ran ${name}`)
  } catch (error) {
    console.log(`failed ${name}: ${error instanceof Error ? error.stack : String(error)}`)
  }
}
clearInterval(keys)
await end()
process.exit(0)
