import { engineVersion } from '../../../base/version/index.ts'
import type { Language } from '../../../base/words/index.ts'
import type { Catalogue } from '../../../hub/standards/index.ts'
import { type CurveChart, type CurveSection, renderCurvePage } from '../../../study/report/curves/index.ts'
import type { CableAnswer, Course } from './cable-answer.ts'
import { type AnswerGroup, CableWords, temperaturesOf } from './cable-words.ts'

const MINUTE_s = 60
/** Rows of the table behind a curve: every point would be too many to read. */
const MOST_ROWS = 40

/** What a page is made from. */
export interface CablePageInput {
  readonly answer: CableAnswer
  readonly course: Course
  readonly limits_degC: readonly number[]
  readonly catalogue: Catalogue
}

function courseChart({ answer, course, limits_degC }: CablePageInput, words: CableWords): CurveChart {
  const parts = temperaturesOf(answer.temperatures_degC).map(([part]) => part)
  const { times_s, temperatures_degC } = course
  const curves = parts.map((part) => ({
    label: words.part(part),
    points: times_s.map((time_s, at) => [time_s / MINUTE_s, temperatures_degC[at]?.[part] ?? Number.NaN] as const),
  }))
  const every = Math.ceil(times_s.length / MOST_ROWS)
  const rows = times_s.flatMap((time_s, at) => {
    if (at % every !== 0) return []
    const cells = parts.map((part) => words.number(temperatures_degC[at]?.[part] ?? Number.NaN, 1))
    return [[words.number(time_s / MINUTE_s, 1), ...cells]]
  })
  const { name, current_A, from_degC } = answer
  const heating_s = times_s[(times_s.length - 1) >> 1] ?? 0
  const minutes = words.number(heating_s / MINUTE_s, 1)
  return {
    id: 'course-chart',
    title: words.say('component.cable.course'),
    description: words.say('component.cable.course.description', { name, current_A, from_degC, minutes }),
    xLabel: words.say('component.cable.minutes'),
    yLabel: words.say('component.cable.temperature'),
    curves,
    levels: [...new Set(limits_degC)].map((value) => {
      return { value, label: words.say('component.cable.limit', { degC: value }) }
    }),
    table: {
      summary: words.say('component.cable.values'),
      heads: [words.say('component.cable.minutes'), ...parts.map((part) => words.part(part))],
      rows,
    },
  }
}

function ambientChart({ name, byAmbient }: CableAnswer, words: CableWords): CurveChart {
  const [coldest, hottest] = [byAmbient[0], byAmbient.at(-1)]
  const heads = [words.say('component.cable.degrees'), words.say('component.cable.amperes')] as const
  return {
    id: 'ambient-chart',
    title: words.say('component.cable.byAmbient'),
    description: words.say('component.cable.byAmbient.description', {
      name,
      cold_A: words.number(coldest?.current_A ?? 0),
      cold_degC: coldest?.ambient_degC ?? null,
      hot_A: words.number(hottest?.current_A ?? 0),
      hot_degC: hottest?.ambient_degC ?? null,
    }),
    xLabel: heads[0],
    yLabel: heads[1],
    curves: [
      { label: heads[1], points: byAmbient.map(({ ambient_degC, current_A }) => [ambient_degC, current_A] as const) },
    ],
    levels: [],
    table: {
      summary: words.say('component.cable.values'),
      heads,
      rows: byAmbient.map(({ ambient_degC, current_A }) => [words.number(ambient_degC), words.number(current_A)]),
    },
  }
}

function sectionOf({ heading, rows }: AnswerGroup, index: number, words: CableWords): CurveSection {
  return {
    id: `answer-${index + 1}`,
    heading: heading ?? words.say('component.cable.answers'),
    rows: rows.map(({ label, value, note }) => [label, value, note]),
  }
}

/** The answer as one page with its curves. */
export function asPage(input: CablePageInput, language: Language): string {
  const { answer, catalogue } = input
  const words = new CableWords(answer, language)
  const byAmbient = words.say('component.cable.byAmbient')
  const course = courseChart(input, words)
  const groups = words.groups().filter(({ heading }) => heading !== byAmbient)
  const sources = answer.sources.map((id) => catalogue.sources.get(id) ?? id)
  const sections = groups.map((group, index) => sectionOf(group, index, words))
  return renderCurvePage(
    {
      kicker: words.say('component.cable.kicker'),
      title: answer.name,
      facts: [
        [answer.id, words.made()],
        [words.say('component.cable.conditions'), words.asked()],
      ],
      sections: [
        ...sections.slice(0, 1),
        { id: 'course', heading: course.title, chart: course },
        ...sections.slice(1, -1),
        { id: 'ambients', heading: byAmbient, chart: ambientChart(answer, words) },
        ...sections.slice(-1),
        { id: 'sources', heading: words.say('component.cable.sources'), list: sources },
      ],
      engineVersion,
    },
    language,
  )
}
