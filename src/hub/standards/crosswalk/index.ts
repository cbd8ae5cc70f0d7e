export { type Candidate, fromIdentifier, type Read, toIdentifier, type Written } from './identifiers.ts'
export { type PlugOfPost, type Variant, variantOf, variantsOf } from './variant.ts'
export { type Identifier, type Vocabulary, vocabularies } from './vocabularies.ts'
