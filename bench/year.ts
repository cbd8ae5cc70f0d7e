/** CPU time and memory of a year of a site, by number of EVSEs. */
import { measureYears } from '../scripts/year-of-a-site.ts'

const WANTED_s = 1.5

measureYears(8, 0.2)
console.table([32, 64, 128].map((evses) => measureYears(evses, 1)))
console.table([measureYears(32, 10)])
console.log(`a year of 32 EVSEs is wanted within ${WANTED_s} s`)
