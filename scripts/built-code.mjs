// Benches measure what ships: an import of src/x.ts is answered with dist/x.js, which the build has just made.
// Loaded by bench.mjs through `--import`; registers itself as a hook.
import { register } from 'node:module'
import { isMainThread } from 'node:worker_threads'

const source = new URL('../src/', import.meta.url).href
const built = new URL('../dist/', import.meta.url).href

if (isMainThread) register(import.meta.url)

/** Called by Node for every import, after the hooks before it have found the source. */
export async function resolve(specifier, context, next) {
  const found = await next(specifier, context)
  if (!found.url.startsWith(source)) return found
  const path = found.url.slice(source.length).replace(/\.ts(?=$|\?)/, '.js')
  return { ...found, url: built + path.replace(/\?.*$/, ''), format: 'module' }
}
