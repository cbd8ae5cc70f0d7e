import { Document, isCollection, isScalar, visit } from 'yaml'

/** Longer lines are broken where YAML allows it. */
const WIDTH = 120

export interface YamlForm {
  /** Comment at the top. */
  readonly comment: string
  /** Lists and groups so deep are written in one line, as `[1, 2]`; 0: all. */
  readonly inlineFrom: number
}

/** Plain values as YAML 1.2, without anchors; `readYaml` gives them back. */
export function writeYaml(value: unknown, { comment, inlineFrom }: YamlForm): string {
  const document = new Document(value, { aliasDuplicateObjects: false, version: '1.2' })
  visit(document, {
    Collection: (_, node, path) => {
      const depth = path.filter((parent) => isCollection(parent)).length
      if (depth >= inlineFrom) node.flow = true
    },
    Scalar: (_, node) => {
      // Number or date to some readers, text to others: quotes make it a text to all.
      if (isScalar(node) && typeof node.value === 'string' && /^[\d.+-]/.test(node.value)) node.type = 'QUOTE_SINGLE'
    },
  })
  document.commentBefore = comment.replace(/^/gm, ' ')
  return document.toString({ lineWidth: WIDTH, flowCollectionPadding: true })
}
