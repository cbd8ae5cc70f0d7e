import { type Language, say } from '../../../base/words/index.ts'
import type { Catalogue } from '../../../hub/standards/catalogue/index.ts'
import {
  toIdentifier,
  type Variant,
  type Vocabulary,
  variantsOf,
  vocabularies,
} from '../../../hub/standards/crosswalk/index.ts'
import type { Connector } from '../../../hub/standards/schema/index.ts'
import { columns } from './catalogue-list.ts'

const all = Object.keys(vocabularies) as Vocabulary[]

function valueRow(
  connector: Connector,
  vocabulary: Vocabulary,
  catalogue: Catalogue,
  language: Language,
): readonly string[] {
  const outlet = { connector: connector.id, maxVoltage_V: connector.maxVoltage_V, protocols: [], adapters: [] }
  const { value, warnings } = toIdentifier(outlet, vocabulary, catalogue)
  const said = warnings.map(({ code, params }) => say(code, params, language)).join('; ')
  return [`  ${vocabularies[vocabulary]}`, value === null ? '-' : String(value), said]
}

function variantRow({ generation, voltageClass_V, signalling }: Variant): string {
  const voltage = voltageClass_V === null ? null : `${voltageClass_V} V`
  return `  ${[generation, voltage, signalling].filter((part) => part !== null).join(', ')}`
}

/** Names of a connector in public vocabularies, what they lose, and the variants posts have it in. */
export function identifierLines(connector: Connector, catalogue: Catalogue, language: Language): readonly string[] {
  return [
    `${connector.id}  ${connector.name}`,
    ...columns(all.map((vocabulary) => valueRow(connector, vocabulary, catalogue, language))),
    say('catalogue.heading.variants', {}, language),
    ...variantsOf(connector.id, catalogue).map((variant) => variantRow(variant)),
  ]
}
