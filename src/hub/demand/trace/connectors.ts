import { type Catalogue, fromIdentifier, type Vocabulary, vocabularies } from '../../standards/index.ts'

/** What operators write where they use no vocabulary; letters and digits only, lower case. */
const labels: Readonly<Record<string, readonly string[]>> = {
  ccs: ['ccs1', 'ccs2'],
  combo: ['ccs1', 'ccs2'],
  ccscombo: ['ccs1', 'ccs2'],
  j1772combo: ['ccs1'],
  ccscombo1: ['ccs1'],
  ccscombo2: ['ccs2'],
  combo1: ['ccs1'],
  combo2: ['ccs2'],
  j1772: ['type1'],
  saej1772: ['type1'],
  type2combo: ['ccs2'],
  mennekes: ['type2'],
  tesla: ['nacs', 'tesla_s', 'type2_tesla_dc'],
  j3400: ['nacs'],
  saej3400: ['nacs'],
  gbt: ['gbt_dc_2015', 'gbt_dc_2023', 'gbt_ac'],
  gbtdc: ['gbt_dc_2015', 'gbt_dc_2023'],
  gbdc: ['gbt_dc_2015', 'gbt_dc_2023'],
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/** Ids of the connectors a recorded name may mean: an id, a value of any vocabulary, or a label in use; empty: not known. */
export function connectorsNamed(name: string, catalogue: Catalogue): ReadonlySet<string> {
  const written = plain(name)
  const same = [...catalogue.connectors.keys()].filter((id) => plain(id) === written)
  if (same.length > 0) return new Set(same)
  const known = (Object.keys(vocabularies) as Vocabulary[]).filter((vocabulary) => vocabulary !== 'openChargeMap')
  const meant = known.flatMap((vocabulary) => fromIdentifier(vocabulary, name, catalogue).connectors)
  return new Set([...meant.map(({ connector }) => connector.id), ...(labels[written] ?? [])])
}
