import { sound } from '../../src/hub/site/test-support.ts'

/** A file a user might hand over, and what must be said about it: `line:column code`, in this order. */
export interface BadFile {
  readonly name: string
  readonly content: string | Uint8Array
  readonly says: readonly string[]
}

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0))

/** The sound site with something replaced. */
function spoiled(name: string, [from, to]: readonly [string, string], ...says: string[]): BadFile {
  return { name, content: sound.replace(from, to), says }
}

/** The sound site with something more. */
function extended(name: string, more: string, ...says: string[]): BadFile {
  return { name, content: `${sound}${more}\n`, says }
}

function whole(name: string, content: string | Uint8Array, ...says: string[]): BadFile {
  return { name, content, says }
}

const hours = Array.from({ length: 24 }, () => 1).join()
const demand = (fleet: string, profile = hours) =>
  `demand: { sessions_perDay: 9, profile: { weekday: [${profile}] }, arrival: { mean_frac: 0.2 }, target: { mean_frac: 0.8 }, queue: { places: 1 }, fleet: [${fleet}] }`

const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
for (const [inner, outer] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh']) {
  bomb.push(`${outer}: &${outer} [${Array.from({ length: 9 }, () => `*${inner}`).join()}]`)
}

const text: readonly BadFile[] = [
  whole('empty', '', '1:1 document.empty'),
  whole('only-comments', '# nothing\n\n# here\n', '1:1 document.empty'),
  whole('binary', Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]), '1:1 document.binary'),
  whole('zero-byte', sound.replace('Test', 'Te\u0000st'), '2:9 document.binary'),
  whole('latin-1', latin1(sound.replace('Test', 'Straße')), '2:11 document.notUtf8'),
  whole('utf-16', Uint8Array.from([0xff, 0xfe, 0x76, 0x00, 0x65, 0x00]), '1:1 document.notUtf8'),
  whole('byte-order-mark', `\uFEFF${sound.replace('EUR', 'EURO')}`, '5:11 site.unknownCurrency'),
  whole('crlf', sound.replace('EUR', 'EURO').replaceAll('\n', '\r\n'), '5:11 site.unknownCurrency'),
  whole('tab', sound.replace('  - {', '\t- {'), '8:1 document.tab'),
  whole('unclosed-quote', sound.replace('Test', '"Test'), '9:1 document.syntax'),
  whole('unclosed-list', `${sound}adapters: [a, b`, '9:16 document.syntax'),
  whole('wrong-indent', sound.replace('currency:', ' currency:'), '5:1 document.syntax'),
  whole('truncated-json', '{"version": 1, "name": "x", "grid": {"import_kW": 5', '1:52 document.syntax'),
  whole('two-documents', `${sound}---\n${sound}`, '10:1 document.multiple'),
  whole('deep-nesting', `a: ${'['.repeat(50_000)}`, '1:67 document.tooDeep'),
  whole('alias-bomb', bomb.join('\n'), '6:8 document.aliasBomb'),
  whole('unknown-alias', sound.replace('Test', '*title'), '2:7 document.unknownAlias'),
  whole('custom-tag', sound.replace('Test', '!!js/function "() => 1"'), '2:7 document.syntax'),
]

const keys: readonly BadFile[] = [
  spoiled('typo-in-key', ['currency', 'curency'], '5:1 document.unknownKey'),
  spoiled('typo-in-nested-key', ['import_kW', 'import_kw'], '6:9 document.unknownKey'),
  extended('unknown-key', 'swimmingPool: true', '9:1 document.unknownKey'),
  extended('duplicate-key', 'name: Again', '9:1 document.duplicateKey'),
  extended('proto-key', '__proto__: { grid: { import_kW: 9e9 } }', '9:1 document.unknownKey'),
  extended('constructor-key', 'constructor: { prototype: 1 }', '9:1 document.unknownKey'),
  extended('list-as-key', '? [a]\n: 1', '9:3 document.keyNotText'),
  extended('merge-key', '<<: { policy: fifo }', '9:1 document.unknownKey'),
  spoiled('missing-key', ['currency: EUR\n', ''], '1:1 document.missingKey'),
  spoiled('missing-limit', ['{ import_kW: 500 }', '{}'], '6:1 document.missingKey'),
  spoiled('missing-version', ['version: 1\n', ''], '1:1 document.missingKey'),
]

const values: readonly BadFile[] = [
  spoiled('number-as-text', ['500', '350kW'], '6:20 document.numberAsText'),
  spoiled('number-in-quotes', ['500', '"500"'], '6:20 document.numberAsText'),
  spoiled('other-unit', ['500', '0.5 MW'], '6:20 document.numberAsText'),
  spoiled('decimal-comma', ['grid: { import_kW: 500 }', 'grid:\n  import_kW: 350,5'], '7:14 document.decimalComma'),
  spoiled('no-value', ['500', '~'], '6:20 document.notQuantity'),
  spoiled('negative-limit', ['500', '-500'], '6:20 document.notAbove'),
  spoiled('zero-limit', ['500', '0'], '6:20 document.notAbove'),
  spoiled('not-a-number', ['500', '.nan'], '6:20 document.notFinite'),
  spoiled('infinite', ['500', '.inf'], '6:20 document.notFinite'),
  spoiled('beyond-doubles', ['500', '1e999'], '6:20 document.notFinite'),
  spoiled('list-for-group', ['{ import_kW: 500 }', '[500]'], '6:7 document.notGroup'),
  spoiled('group-for-list', ['  - { id', '  x: { id'], '8:3 document.notList'),
  whole('list-at-root', '- version: 1\n', '1:1 document.notGroup'),
  whole('text-at-root', 'just a note\n', '1:1 document.notGroup'),
  spoiled('name-is-number', ['Test', '350'], '2:7 document.notText'),
  spoiled('very-long-name', ['Test', 'x'.repeat(5000)], '2:7 document.textTooLong'),
  spoiled('control-characters', ['Test', '"\\e[31mred\\a"'], '2:7 document.notOneLine'),
  spoiled('id-with-spaces', ['id: post', 'id: my post'], '8:11 document.notAnId'),
  extended('unknown-policy', 'policy: max_min', '9:9 document.notOneOf'),
  spoiled('newer-version', ['version: 1', 'version: 9'], '1:10 site.newerVersion'),
  spoiled('no-date', ['alp_hyc_400', 'alp_hyc_400, access: { type: open, from: 2026-13 }'], '8:67 document.notADate'),
  spoiled(
    'year-as-number',
    ['alp_hyc_400', 'alp_hyc_400, access: { type: open, from: 2026 }'],
    '8:67 document.notText',
  ),
  spoiled('huge-count', ['alp_hyc_400', 'alp_hyc_400, count: 1000000000'], '8:46 document.tooBig'),
]

const references: readonly BadFile[] = [
  spoiled('unknown-post', ['alp_hyc_400', 'alp_hyc_4000'], '8:26 site.unknownProduct'),
  extended('unknown-adapter', 'adapters: [nacs_css1_oem]', '9:12 site.unknownAdapter'),
  extended('unknown-car', demand('{ vehicle: ioniq-5, share_frac: 1 }'), '9:202 site.unknownVehicle'),
  extended(
    'unknown-option',
    demand('{ vehicle: porsche-taycan-2025, share_frac: 1, options: [boster-150] }'),
    '9:248 site.unknownOption',
  ),
  extended('shares', demand('{ vehicle: nissan-leaf-40-2018, share_frac: 0.9 }'), '9:190 site.sharesSum'),
  extended(
    '23-hours',
    demand('{ vehicle: nissan-leaf-40-2018, share_frac: 1 }', hours.slice(2)),
    '9:51 document.tooFew',
  ),
  extended(
    'circuits-in-a-loop',
    'circuits: [{ id: a, parent: b, max_kW: 1 }, { id: b, parent: a, max_kW: 1 }]',
    ...['8:5 site.noCircuit', '9:29 site.circuitLoop'],
  ),
  extended(
    'circuit-feeds-itself',
    'circuits: [{ id: a, parent: a, max_kW: 1 }]',
    ...['8:5 site.noCircuit', '9:29 site.circuitLoop'],
  ),
  extended('unknown-circuit', '  - { id: b, product: ionity_350, circuit: man }', '9:44 site.unknownCircuit'),
  extended(
    'unknown-cabinet',
    '  - { id: b, product: huawei_dt600, cabinet: c }',
    ...['9:23 site.soldElsewhere', '9:46 site.unknownCabinet'],
  ),
  extended('same-id-twice', '  - { id: post, product: ionity_350 }', '9:11 site.duplicateId'),
  extended('power-unknown', 'cabinets: [{ id: c, product: tesla_sc_v3_eu }]', '9:30 site.powerUnknown'),
  spoiled('no-time-zone', ['Europe/Berlin', 'Europe/Berlim'], '3:11 site.unknownTimezone'),
  spoiled('zone-of-an-offset', ['Europe/Berlin', 'CET'], '3:11 site.unknownTimezone'),
  spoiled('unknown-currency', ['EUR', 'Taler'], '5:11 site.unknownCurrency'),
  spoiled('unknown-country', ['country: DE', 'country: Bavaria'], '4:63 site.unknownCountry'),
]

export const badFiles: readonly BadFile[] = [...text, ...keys, ...values, ...references]
