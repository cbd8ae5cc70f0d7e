import type { ConnectorIdentifiers } from '../schema/index.ts'

/** Public vocabularies of plugs; the keys are those of a connector's `identifiers`. */
export const vocabularies = {
  ocpi_2_2_1: 'OCPI 2.2.1',
  ocpi_2_3_0: 'OCPI 2.3.0',
  ocpp_2_0_1: 'OCPP 2.0.1',
  ocpp_2_1: 'OCPP 2.1',
  openChargeMap: 'Open Charge Map',
  afdc: 'AFDC',
  osm: 'OpenStreetMap',
  googlePlaces: 'Google Places',
} as const satisfies Record<keyof ConnectorIdentifiers, string>

export type Vocabulary = keyof typeof vocabularies
/** A value of a vocabulary: a number in Open Charge Map, else a text. */
export type Identifier = string | number

type ByConnector = Readonly<Record<string, Identifier>>
type Tables<T> = Readonly<Partial<Record<Vocabulary, T>>>

/** Strings in use where the vocabulary has no value: allowed by the protocol, not in its list. */
export const customValues: Tables<ByConnector> = {
  ocpp_2_0_1: { chaoji: 'cChaoJi', gbt_dc_2015: 'cGBT', gbt_dc_2023: 'cGBT' },
}

/** Values of a near relative, sent where the vocabulary has none. */
export const substitutes: Tables<ByConnector> = {
  ocpi_2_2_1: { nacs: 'TESLA_S' },
}

/**
 * Further values that mean a connector when read. Open Charge Map 1036 and 1038 are the tethered Type 2 and the GB/T AC
 * socket, 30 the Tesla plug of Model S and X on both sides of the Atlantic; AFDC labels J3400 what it calls TESLA;
 * `socket:tesla_supercharger` is NACS in North America and Type 2 or CCS2 in Europe.
 */
export const alsoRead: Tables<Readonly<Record<Identifier, readonly string[]>>> = {
  ocpp_2_0_1: { sType2: ['type2'] },
  ocpp_2_1: { sType2: ['type2'] },
  openChargeMap: { 30: ['tesla_s'], 1036: ['type2'], 1038: ['gbt_ac'] },
  afdc: { J3400: ['nacs'] },
  osm: { 'socket:tesla_supercharger': ['nacs', 'ccs2'], 'socket:type2_cable': ['type2'] },
}

/** A plug with an adapter fixed to it, in the one vocabulary that can say so (Magic Dock, Omni Port). */
export const captiveValues: Tables<
  readonly { readonly plug: string; readonly inlet: string; readonly value: string }[]
> = {
  ocpp_2_1: [
    { plug: 'nacs', inlet: 'ccs1', value: 'cNACS-CCS1' },
    { plug: 'ccs1', inlet: 'nacs', value: 'cCCS1-NACS' },
  ],
}
