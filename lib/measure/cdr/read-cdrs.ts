import { readBatches } from '../store/read-rows.ts'
import { CDR_COLUMNS, type CallDetailRecord } from './cdr.ts'

/**
 * Reads CDRs back, one by one: CSV or lines of JSON, by the file's ending; numbers as numbers, undefined where nothing was
 * written. Columns that the file does not have are undefined, others are not read. A last row that was not written to its
 * end is left out. Rejects with ArgumentError (BAD_ARGUMENT) for a file that cannot be read or holds no CDRs.
 */
export async function* readCdrs(path: string): AsyncGenerator<CallDetailRecord, void> {
  for await (const rows of readBatches(path, CDR_COLUMNS, 'call_uuid'))
    yield* rows as unknown as CallDetailRecord[]
}
