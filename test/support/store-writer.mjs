// Writes to the store of a folder as fast as it can and says what is acknowledged, until it is killed.
import { writeSync } from 'node:fs'
import { openStore } from '../../dist/io/store/index.js'

const [, , folder = '', first = '0', writers = '8'] = process.argv
const store = openStore({ folder })
if (store instanceof Error) throw store
let next = Number(first)

function transaction(number) {
  return {
    ...{ id: `record-${number}`, transactionId: `${number}`, stationId: `S${number % 7}`, evse: 1, connector: 1 },
    ...{
      idToken: 'T',
      tokenType: 'ISO14443',
      vehicleId: null,
      state: 'ended',
      started_ms: number,
      ended_ms: number + 1,
    },
    ...{ start_Wh: 0, last_Wh: number, energy_Wh: number, stopReason: 'Local', lastSeqNo: 2, doubts: [] },
    detail: { seen: [[0, 2]], points: [], facts: {}, doubts: [] },
  }
}

async function write() {
  for (;;) {
    const number = next++
    store.meter([{ at_ms: number, stationId: 'S', evse: 1, transaction: null, power_W: number }].map(fill))
    await store.append([{ kind: 'transaction', at_ms: number, seqNo: 2, transaction: transaction(number) }])
    writeSync(1, `${number}\n`)
  }
}

function fill(row) {
  return { energy_Wh: null, current_A: null, voltage_V: null, soc_frac: null, ...row }
}

await Promise.all(Array.from({ length: Number(writers) }, () => write()))
