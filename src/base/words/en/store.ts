/** What the store of the living hub has to say. */
export const store = {
  'store.full': 'the disk is full, or the store as large as it may be ({file})',
  'store.locked': 'another process is writing to {file}',
  'store.corrupt': '{file} is damaged or no store of anyplug: {detail}',
  'store.readOnly': '{file} cannot be written to: {detail}',
  'store.notOpen': '{file} cannot be opened: {detail}',
  'store.io': 'reading or writing {file} failed: {detail}',
  'store.newer': '{file} was written by a newer version of anyplug (schema {found}, known here: {known})',
  'store.folder': 'folder {folder} cannot be made: {detail}',
  'store.taken': 'the store in {folder} belongs to process {pid}, which serves at {url}',
  'store.closed': 'the store is closed',
  'store.fix.full': 'make room on the disk; writing goes on by itself',
  'store.fix.corrupt': 'put a backup in its place, or move the file away to begin anew',
  'store.fix.taken': 'end that process first, or choose another folder with --data',
  'store.fix.newer': 'use the newer version of anyplug, or another folder with --data',
  'store.fix.folder': 'choose another folder with --data',
} as const
