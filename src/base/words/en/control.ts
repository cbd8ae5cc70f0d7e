/** What the control of the living hub says of limits, of stations that do not take them, and of replayed logs. */
export const control = {
  'control.refused.unit': 'the station does not take the unit of "{refused}" (takes "{taken}") {reason} {info}',
  'control.refused.stackLevel': 'the station does not have the stack level of "{refused}" {info}',
  'control.refused.purpose': 'the station does not take the purpose of "{refused}" (takes "{taken}") {reason} {info}',
  'control.refused.transaction':
    'the station wants the transaction told otherwise than in "{refused}" (takes "{taken}") {info}',
  'control.refused.duplicate': 'another profile is in the place of "{refused}" at the station {info}',
  'control.refused.storage': 'the station has no room for "{refused}" {info}',
  'control.refused.schedule': 'the station finds fault with the schedule of "{refused}": {reason} {info}',
  'control.refused.evse': 'the station does not know the EVSE of "{refused}" {info}',
  'control.refused.dynamic': 'the station does not take dynamic profiles (takes "{taken}")',
  'control.refused.notSupported': 'the station does not support "{refused}": {reason} {info}',
  'control.refused.said': 'the station refuses "{refused}": {reason} {info}',
  'control.refused.silently': 'the station refuses "{refused}" and does not say why',
  'control.source.rating': 'most the EVSE gives',
  'control.source.node': '{source}',
  'control.limit.notANumber': 'a limit is a power of 0 kW or more, not {limit}',
  'control.limit.past': 'a limit that begins at {from} begins in the past',
  'control.limit.tooMany': 'no more than {most} steps of the limit are kept',
  'control.limit.aboveConnection':
    'a limit of {limit} kW is above the {connection} kW of the connection, which hold all the same',
  'control.limit.belowDefaults':
    'a limit of {limit} kW is below the {sum} kW of standing limits and other load: it cannot be kept if stations lose their connection',
  'control.limit.belowFloors':
    'under {limit} kW only {served} of {sessions} sessions get their least of {floor} kW; the others wait',
  'control.limit.atOnce':
    'the limit comes into force without notice: it is kept once stations have answered, for those out of reach after {validity} s',
  'alarm.limitRefused': '{station}: EVSE {evse} takes no limits: {because}',
  'alarm.noStandingLimit': '{station}: EVSE {evse} has no standing limit: {because}; its rating is kept free for it',
  'alarm.disobeys': '{station}: EVSE {evse} draws more than its limit of {limit} kW',
  'alarm.noSmartCharging': '{station} says that it has no smart charging: its ratings are kept free for it',
  'alarm.belowFloors': 'Under {limit} kW only {served} of {sessions} sessions get their floor of {floor} kW',
  'alarm.defaultsExceedLimit': 'The site limit is below the sum of the standing limits',
  'replay.description': 'decide again on a decision log and compare to the bit',
  'replay.log': 'decision log, as written by `anyplug ctl decisions`',
  'replay.same': '{decisions} decisions of {runs} runs, bit-identical',
  'replay.differs': 'decision {decision} of run {run}, {at}, comes out differently',
  'replay.problem.line': 'line {line} is no {expected} of a decision log',
  'replay.problem.hub': 'the hub of run {run} cannot be controlled: {detail}',
  'replay.problem.entry': 'the entries of run {run} cannot be read: {detail}',
  'replay.problem.empty': 'there is no decision in it',
  'replay.warning.version': 'run {run} was decided by version {version}, this is {own}',
} as const
