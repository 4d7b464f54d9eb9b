import { existsSync } from 'node:fs'

/** The system's browser, or that of SWITCHIX_CHROMIUM; undefined where there is none. */
export const chromiumPath = (): string | undefined => {
  const places = [
    process.env['SWITCHIX_CHROMIUM'],
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ]
  return places.find((path) => path !== undefined && existsSync(path))
}
