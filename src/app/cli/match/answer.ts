import { type Code, type Coded, formatNumber, type Language, say } from '../../../base/words/index.ts'
import { type Catalogue, type Limit, type MatchResult, nameOf } from '../../../hub/standards/index.ts'

const BAR_WIDTH = 24
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const

/** Columns a text takes on a screen: Chinese characters take two. */
export function columnsOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (/[\u2e80-\u9fff\uff00-\uffef]/u.test(character) ? 2 : 1), 0)
}

export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)))
}

/** A bar in eighths of a character. */
export function bar(share: number): string {
  const steps = Math.round(Math.min(1, Math.max(0, share)) * BAR_WIDTH * 8)
  return '█'.repeat(Math.floor(steps / 8)) + (eighths[steps % 8] ?? '')
}

export function vehicleName(id: string, catalogue: Catalogue): string {
  const record = catalogue.vehicles.get(id)
  return record ? nameOf({ kind: 'vehicles', record }) : id
}

export function postName(id: string, catalogue: Catalogue): string {
  const charger = catalogue.chargers.get(id)
  const station = catalogue.swapStations.get(id)
  return charger
    ? nameOf({ kind: 'chargers', record: charger })
    : station
      ? nameOf({ kind: 'swapStations', record: station })
      : id
}

const colours: Readonly<Record<MatchResult['verdict'], number>> = { yes: 32, limited: 33, no: 31 }

export interface Style {
  readonly language: Language
  readonly colour: boolean
}

/** Writes the answer about one vehicle at one post for people to read. */
export class AnswerWriter {
  readonly #catalogue: Catalogue
  readonly #style: Style

  constructor(catalogue: Catalogue, style: Style) {
    this.#catalogue = catalogue
    this.#style = style
  }

  write(result: MatchResult): string {
    return [
      this.#headline(result),
      this.#section('match.heading.way', this.#way(result)),
      this.#section('match.heading.limits', result.fits ? this.#limits(result.limits) : []),
      this.#section('match.heading.obstacles', this.#obstacles(result)),
      this.#section(
        'match.heading.warnings',
        result.warnings.map((warning) => `- ${this.#coded(warning)}`),
      ),
      this.#section('match.heading.conditions', [this.#conditions(result)]),
      this.#section('match.heading.confidence', [this.#confidence(result)]),
      this.#section('match.heading.sources', this.#sources(result)),
    ].join('')
  }

  #say(code: Code, params: Coded['params'] = {}): string {
    return say(code, params, this.#style.language)
  }

  #coded({ code, params }: Coded): string {
    return this.#say(code, params)
  }

  #section(heading: Code, lines: readonly string[]): string {
    return lines.length === 0 ? '' : `\n${this.#say(heading)}\n${lines.map((line) => `  ${line}\n`).join('')}`
  }

  #kW(power_kW: number): string {
    return `${formatNumber(power_kW, this.#style.language, power_kW < 10 ? 1 : 0)} kW`
  }

  #headline(result: MatchResult): string {
    const word = this.#say(`match.verdict.${result.verdict}`)
    const verdict = this.#style.colour ? `\u001b[1;${colours[result.verdict]}m${word}\u001b[0m` : word
    const vehicle = vehicleName(result.vehicle, this.#catalogue)
    const post = postName(result.post, this.#catalogue)
    if (!result.fits || result.kind === 'swap')
      return `${this.#say('match.headline.plain', { verdict, vehicle, post })}\n`
    const power = result.power_kW === null ? this.#say('match.powerUnknown') : this.#kW(result.power_kW)
    return `${this.#say('match.headline', { verdict, vehicle, post, power: `${power}, ${this.#minutes(result)}` })}\n`
  }

  #minutes({ minutes10to80 }: MatchResult): string {
    if (minutes10to80 === null) return this.#say('match.minutesUnknown')
    return this.#say('match.minutes', { minutes: formatNumber(minutes10to80, this.#style.language, 0) })
  }

  #way(result: MatchResult): readonly string[] {
    if (result.kind === 'swap') return result.fits ? [this.#swapWay(result)] : []
    if (result.connector === null || result.inlet === null) return []
    const joint = result.obstacles.some(({ code }) => code === 'connector.fit') ? ' ─╳─ ' : ' ── '
    const chain = [`[${result.connector}]`, ...result.through, `[${result.inlet}]`].join(joint)
    const protocol = result.protocol === null ? [] : [this.#say('match.protocol', { protocol: result.protocol })]
    return [[`${result.post} ${chain} ${result.vehicle}`, ...protocol].join(', ')]
  }

  #swapWay({ vehicle, post }: MatchResult): string {
    const { swapInterface = null } = this.#catalogue.vehicles.get(vehicle) ?? {}
    return `${post} ── ${this.#say('match.way.swap')} ${swapInterface ?? ''} ── ${vehicle}`
  }

  #limits(limits: readonly Limit[]): readonly string[] {
    const highest_kW = Math.max(...limits.map(({ power_kW }) => power_kW))
    const names = limits.map(({ source }) => this.#say(`${source}.name`))
    const nameColumns = Math.max(...names.map(columnsOf))
    return limits.map((limit, index) => {
      const power = this.#kW(limit.power_kW).padStart(8)
      const drawn = padded(bar(limit.power_kW / highest_kW), BAR_WIDTH)
      const binds = index === 0 ? ` ◀ ${this.#say('match.binds')}` : ''
      const name = padded(names[index] ?? '', nameColumns)
      return `${power} ${drawn} ${name}  ${this.#say(limit.source, limit.params)}${binds}`
    })
  }

  #obstacles({ obstacles }: MatchResult): readonly string[] {
    return obstacles.flatMap((obstacle) => {
      const remedy = obstacle.remedy
        ? this.#say('match.heading.remedy', { remedy: this.#coded(obstacle.remedy) })
        : null
      return [`- ${this.#coded(obstacle)}`, ...(remedy === null ? [] : [`  ${remedy}`])]
    })
  }

  #conditions({ kind, market, date, ambient_degC, soc_frac, options }: MatchResult): string {
    if (kind === 'swap') return this.#say('match.conditions.swap', { date })
    const soc =
      soc_frac === null ? this.#say('match.bestSoc') : `${formatNumber(soc_frac * 100, this.#style.language)} %`
    const said = this.#say('match.conditions', { market, date, ambient_degC, soc })
    return options.length === 0 ? said : `${said}, ${this.#say('match.options', { options })}`
  }

  #confidence({ confidence, minutesConfidence }: MatchResult): string {
    const answer = this.#say(`match.confidence.${confidence}`)
    if (minutesConfidence === null) return answer
    return this.#say('match.confidence', { answer, minutes: this.#say(`match.confidence.${minutesConfidence}`) })
  }

  #sources({ sources }: MatchResult): readonly string[] {
    return sources.map((id) => `- ${this.#catalogue.sources.get(id) ?? id}`)
  }
}
