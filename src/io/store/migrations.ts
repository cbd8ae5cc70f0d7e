import type { Database } from './database.ts'
import { StoreError } from './failure.ts'

/** One step of the schema; steps are never changed once released, only added to. */
export type Migration = string

/** Columns are named as the fields of the records they hold; objects and lists are JSON text, times milliseconds since 1970. */
const first: Migration = `
create table journal (
  number integer primary key,
  at_ms real not null,
  kind text not null,
  stationId text,
  body text not null
);
create index journal_station on journal (stationId, number) where stationId is not null;
create index journal_time on journal (at_ms);

create table station (stationId text primary key, version text, body text not null) without rowid;

create table chargingTransaction (
  id text primary key,
  transactionId text not null,
  stationId text not null,
  evse integer not null,
  connector integer not null,
  idToken text,
  tokenType text,
  vehicleId text,
  state text not null,
  started_ms real not null,
  ended_ms real,
  start_Wh real,
  last_Wh real,
  energy_Wh real not null,
  stopReason text,
  lastSeqNo integer,
  doubts text not null,
  detail text not null
);
create index transaction_wire on chargingTransaction (stationId, transactionId);
create index transaction_started on chargingTransaction (started_ms);
create index transaction_active on chargingTransaction (stationId) where state = 'active';

create table token (idToken text primary key, body text not null) without rowid;
create table reservation (id integer primary key, state text not null, body text not null);
create table setting (name text primary key, value text not null) without rowid;

create table alarm (
  id text primary key,
  code text not null,
  params text not null,
  stationId text,
  evse integer,
  raised_ms real not null,
  cleared_ms real,
  acknowledgedBy text
) without rowid;
create index alarm_raised on alarm (raised_ms);
create index alarm_standing on alarm (id) where cleared_ms is null;

create table meter (
  at_ms real not null,
  stationId text not null,
  evse integer not null,
  chargingTransaction text,
  power_W real,
  energy_Wh real,
  current_A real,
  voltage_V real,
  soc_frac real,
  primary key (at_ms, stationId, evse)
) without rowid;

create table power (at_ms real not null, key text not null, power_kW real, limit_kW real, primary key (at_ms, key)) without rowid;

create table decisionRun (
  number integer primary key,
  id text not null unique,
  started_ms real not null,
  hub text not null,
  settings text not null,
  engineVersion text not null,
  snapshot blob
);
create table decision (
  run integer not null references decisionRun (number) on delete cascade,
  number integer not null,
  at_ms real not null,
  bytes blob not null,
  primary key (run, number)
) without rowid;

create table access (
  hash text primary key,
  kind text not null,
  name text not null,
  made_ms real not null,
  expires_ms real,
  used_ms real
) without rowid;
`

/** Every step of the schema in order. */
export const migrations: readonly Migration[] = [first]

export function schemaOf(database: Database): number {
  return Number(database.first('pragma user_version')?.['user_version'] ?? 0)
}

/** Brings a database up to the last step; throws a StoreError when it was written by a newer version of the program. */
export function migrate(database: Database, steps: readonly Migration[] = migrations): void {
  const found = schemaOf(database)
  if (found > steps.length) {
    const params = { file: database.file, found, known: steps.length }
    throw new StoreError({ code: 'store.newer', params }, 'schema of a newer version')
  }
  for (const [index, step] of steps.entries()) {
    if (index < found) continue
    database.transaction(() => database.exec(`${step}; pragma user_version = ${index + 1}`))
  }
}
