import { basename, dirname, extname, join } from 'node:path'

/** The store of a measurer beside a CDR file: `runs/a.csv` has `runs/a.SysStats.csv`. */
export const besidePath = (cdrs: string, name: string): string => {
  const ending = extname(cdrs)
  return join(dirname(cdrs), `${basename(cdrs, ending)}.${name.replace(/[^\w@-]+/g, '_')}${ending}`)
}
