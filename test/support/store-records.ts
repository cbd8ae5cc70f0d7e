import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, Store, type StoreOptions } from '../../src/io/store/index.ts'
import type { AlarmRecord, MeterRow, StationRecord, TransactionRecord } from '../../src/live/operate/index.ts'

/** A folder for a store, and what to call when done with it. */
export function storeFolder(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'anyplug-store-'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export function opened(options: StoreOptions): Store {
  const store = openStore(options)
  if (!(store instanceof Store)) throw store
  return store
}

export function transactionRecord(change: Partial<TransactionRecord> = {}): TransactionRecord {
  return {
    ...{ id: 'r1', transactionId: '1', stationId: 'S1', evse: 1, connector: 1, idToken: 'T1', tokenType: 'ISO14443' },
    ...{
      vehicleId: null,
      state: 'active',
      started_ms: 1000,
      ended_ms: null,
      start_Wh: 0.5,
      last_Wh: null,
      energy_Wh: 0,
    },
    ...{ stopReason: null, lastSeqNo: null, doubts: ['doubt.gap'] },
    detail: { seen: [[0, 3]], points: [[0, 1000, 0.5]], facts: { idToken: [0, 1000, 'T1'] }, doubts: [] },
    ...change,
  }
}

export function stationRecord(change: Partial<StationRecord> = {}): StationRecord {
  return {
    ...{ stationId: 'S1', state: 'accepted', version: '2.0.1', vendor: 'V', model: 'M', serial: null, firmware: null },
    ...{ booted_ms: 5, passwordHash: null, capabilities: { stackLevel: 3 } },
    ...change,
  }
}

export function alarmRecord(change: Partial<AlarmRecord> = {}): AlarmRecord {
  return {
    ...{ id: 'a1', code: 'alarm.offline', params: { station: 'S1' }, stationId: 'S1', evse: null, raised_ms: 10 },
    ...{ cleared_ms: null, acknowledgedBy: null },
    ...change,
  }
}

export function meterRow(change: Partial<MeterRow> = {}): MeterRow {
  return {
    ...{ at_ms: 0, stationId: 'S1', evse: 1, transaction: null, power_W: 1000, energy_Wh: null },
    ...{ current_A: null, voltage_V: null, soc_frac: null },
    ...change,
  }
}
