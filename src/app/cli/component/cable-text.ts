import type { Language } from '../../../base/words/index.ts'
import type { Catalogue } from '../../../hub/standards/index.ts'
import { columnsOf, padded } from '../match/answer.ts'
import type { CableAnswer } from './cable-answer.ts'
import { type AnswerGroup, type AnswerRow, CableWords } from './cable-words.ts'

const MAX_LABEL_COLUMNS = 34

function widest(rows: readonly AnswerRow[], of: (row: AnswerRow) => string): number {
  return Math.max(0, ...rows.map((row) => columnsOf(of(row))))
}

function lines({ heading, rows }: AnswerGroup, labelColumns: number): string {
  const valueColumns = widest(
    rows.filter(({ note }) => note !== ''),
    ({ value }) => value,
  )
  const drawn = rows.map(({ label, value, note }) => {
    return `  ${padded(label, labelColumns)}  ${padded(value, valueColumns)}  ${note}`.trimEnd()
  })
  return [...(heading === null ? [] : [heading]), ...drawn].join('\n')
}

/** The answer for people to read on a screen. */
export function asText(answer: CableAnswer, catalogue: Catalogue, language: Language): string {
  const words = new CableWords(answer, language)
  const groups = words.groups()
  const labelColumns = Math.min(
    MAX_LABEL_COLUMNS,
    widest(
      groups.flatMap(({ rows }) => rows),
      ({ label }) => label,
    ),
  )
  const sources = answer.sources.map((id) => `  - ${catalogue.sources.get(id) ?? id}`)
  return [
    `${answer.name} (${answer.id})\n${words.made()}\n${words.asked()}`,
    ...groups.map((group) => lines(group, labelColumns)),
    [words.say('component.cable.sources'), ...sources].join('\n'),
  ].join('\n\n')
}
