// npm run bench: runs bench/*.ts one after the other. `npm run bench -- engine match` runs those whose name has a word.
import { basename, join } from 'node:path'
import { filesBelow, installPackages, node, requireNode, root } from './house.mjs'

const words = process.argv.slice(2)
const isBench = (file) => file.endsWith('.ts') && !file.endsWith('.test.ts')
const isWanted = (file) => words.length === 0 || words.some((word) => basename(file).includes(word))

requireNode()
installPackages()
process.exitCode = (await node(['scripts/build.mjs'])) || (await benchAll())

async function benchAll() {
  const files = filesBelow(join(root, 'bench'), isBench).filter(isWanted)
  if (files.length === 0) console.error(`no bench has ${words.join(' or ')} in its name`)
  let worst = files.length === 0 ? 2 : 0
  for (const file of files) {
    console.log(`\n== ${basename(file, '.ts')}`)
    worst = Math.max(worst, await node(['--import', 'tsx', '--import', './scripts/built-code.mjs', file]))
  }
  return worst
}
