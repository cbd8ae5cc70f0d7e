import { memo, useMemo } from 'react'
import { formatNumber } from '../../../src/base/words/index.ts'
import { useSettings } from '../shell/settings.tsx'
import './drawing.css'
import { BOX, type BoxPlace, type Feed, type HubPlan, layOut, ROW_HEIGHT, type RowPlace } from './plan.ts'
import { type EvseState, type HubState, modeWords } from './state.ts'

const ROW_WIDTH = 420
const BAR = { x: 236, width: 96, height: 9 }
/** Cables are drawn from blue at the first to red at the second. */
const CABLE_degC = { cool: 20, hot: 90 }
const LONG = 16

/** Signs of standards as they are written on posts. */
const signs: Readonly<Record<string, string>> = {
  nacs: 'NACS',
  ccs1: 'CCS1',
  ccs2: 'CCS2',
  chademo: 'CHAdeMO',
  chaoji: 'ChaoJi',
  gbt_dc_2015: 'GB/T',
  gbt_dc_2023: 'GB/T+',
  mcs: 'MCS',
}
const signOf = (standard: string) => signs[standard] ?? standard.slice(0, 8)

const MOST_SIGNS = 22
const cut = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

const connectorsOf = (connectors: readonly { readonly standard: string }[]) =>
  cut(connectors.map(({ standard }) => signOf(standard)).join(' · '), MOST_SIGNS)

const hasCar = (mode: EvseState['mode']) => mode !== 'free' && mode !== 'offline' && mode !== 'unknown'

function cableColour(cable_degC: number | null): string {
  if (cable_degC === null) return 'var(--line)'
  const part = Math.min(1, Math.max(0, (cable_degC - CABLE_degC.cool) / (CABLE_degC.hot - CABLE_degC.cool)))
  return `hsl(${Math.round(220 - 220 * part)} 75% 50%)`
}

function Flow({ feed, power_kW }: { readonly feed: Feed; readonly power_kW: number | null }) {
  const { x1, y1, x2, y2 } = feed
  const middle = (x1 + x2) / 2
  const d = `M${x1} ${y1}H${middle}V${y2}H${x2}`
  const width = power_kW ? Math.min(7, 1 + Math.sqrt(power_kW) / 6) : 1
  return (
    <>
      <path d={d} className="feed" />
      {power_kW ? <path d={d} className="flow" strokeWidth={width} /> : null}
    </>
  )
}

interface BoxProps {
  readonly box: BoxPlace
  readonly power_kW: number | null
  readonly limit_kW: number
  readonly module_kW: number | null
  readonly onChoose: ((key: string) => void) | undefined
}

/** Modules of a cabinet as small squares: as many lit as the power takes at least. */
function Modules({ box, power_kW, module_kW }: Pick<BoxProps, 'box' | 'power_kW' | 'module_kW'>) {
  const count = module_kW === null ? 0 : Math.round(box.limit_kW / module_kW)
  if (module_kW === null || count > 40) return null
  const lit = Math.ceil((power_kW ?? 0) / module_kW - 1e-6)
  const step = Math.min(9, (BOX.width - 16) / count)
  return Array.from({ length: count }, (_, at) => at).map((module) => (
    <rect
      key={module}
      x={8 + module * step}
      y={40}
      width={step - 1.5}
      height="4"
      className={module < lit ? 'lit' : 'dark'}
    />
  ))
}

function Box({ box, power_kW, limit_kW, module_kW, onChoose }: BoxProps) {
  const { t, language } = useSettings()
  const load_frac = power_kW === null ? 0 : Math.min(1, power_kW / limit_kW)
  const name = box.kind === 'grid' ? t('web.hub.grid') : box.id
  const figures = `${power_kW === null ? '' : `${formatNumber(power_kW, language, 0)} / `}${formatNumber(limit_kW, language, 0)} kW`
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button of HTML cannot stand in a drawing
    <g
      transform={`translate(${box.x},${box.y - BOX.height / 2})`}
      role="button"
      tabIndex={onChoose ? 0 : -1}
      aria-label={`${cut(name, LONG)} ${figures}`}
      className="box"
      onClick={() => onChoose?.(box.key)}
      onKeyDown={(event) => (event.key === 'Enter' || event.key === ' ' ? onChoose?.(box.key) : undefined)}
    >
      <rect width={BOX.width} height={BOX.height} rx="6" className={`shape ${box.kind}`} />
      <text x="8" y="15" fontWeight="600" fontSize="12">
        {cut(name, LONG)}
      </text>{' '}
      <text x="8" y="29" fontSize="12">
        {figures}
      </text>
      <rect x="8" y="33" width={BOX.width - 16} height="5" className="dark" />
      <rect
        x="8"
        y="33"
        width={(BOX.width - 16) * load_frac}
        height="5"
        className={load_frac > 0.98 ? 'full' : 'lit'}
      />
      <Modules box={box} power_kW={power_kW} module_kW={module_kW} />
    </g>
  )
}

function Car({ state }: { readonly state: EvseState }) {
  const { language } = useSettings()
  if (!hasCar(state.mode)) return null
  const { soc_frac } = state
  return (
    <g transform="translate(168,-12)">
      <path d="M4 16v-5l7-2 5-6h18l7 6 8 2v5z" className="car" />
      <circle cx="14" cy="17" r="3.6" className="wheel" />
      <circle cx="39" cy="17" r="3.6" className="wheel" />
      {soc_frac === null ? null : (
        <text x="27" y="12.5" fontSize="9" textAnchor="middle" className="onCar">
          {formatNumber(100 * soc_frac, language, 0)} %
        </text>
      )}
    </g>
  )
}

function PowerBar({ state }: { readonly state: EvseState }) {
  const { t, language } = useSettings()
  const { power_kW, limit_kW, minutesLeft } = state
  if (power_kW === null) return null
  const most_kW = Math.max(limit_kW ?? 0, power_kW, 1)
  return (
    <g transform={`translate(${BAR.x},-5)`}>
      <rect width={BAR.width} height={BAR.height} className="dark" />
      <rect width={(BAR.width * power_kW) / most_kW} height={BAR.height} className="lit" />
      <text x={BAR.width + 6} y="9" fontSize="12" fontWeight="600">
        {formatNumber(power_kW, language, 0)} kW
      </text>{' '}
      {minutesLeft === null ? null : (
        <text x={BAR.width + 6} y="22" fontSize="10" opacity="0.8">
          {t('web.hub.minutesLeft', { minutes: Math.round(minutesLeft) })}
        </text>
      )}
    </g>
  )
}

interface RowProps {
  readonly row: RowPlace
  readonly x: number
  readonly state: EvseState | null
  readonly onChoose: ((key: string) => void) | undefined
}

/** All that is written in a row, in its order, and what is not written besides. */
function useRowLabel({ row, state }: RowProps): string {
  const { t, language } = useSettings()
  const { id, connectors } = row.evse
  const parts = [cut(id, LONG), connectorsOf(connectors)]
  if (!state) return parts.join(' ')
  const { mode, soc_frac, power_kW, minutesLeft, vehicle, because } = state
  if (soc_frac !== null && hasCar(mode)) parts.push(`${formatNumber(100 * soc_frac, language, 0)} %`)
  if (mode !== 'charging') parts.push(t(modeWords[mode]))
  if (mode === 'charging' && power_kW !== null) parts.push(`${formatNumber(power_kW, language, 0)} kW`)
  if (mode === 'charging' && minutesLeft !== null)
    parts.push(t('web.hub.minutesLeft', { minutes: Math.round(minutesLeft) }))
  return [...parts, vehicle ?? '', because ?? ''].filter((part) => part !== '').join(' ')
}

const Row = memo(function Row(props: RowProps) {
  const { row, x, state, onChoose } = props
  const { t } = useSettings()
  const label = useRowLabel(props)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button of HTML cannot stand in a drawing
    <g
      transform={`translate(${x},${row.y})`}
      role="button"
      tabIndex={onChoose ? 0 : -1}
      aria-label={label}
      className={`row ${state?.mode ?? ''}`}
      onClick={() => onChoose?.(row.key)}
      onKeyDown={(event) => (event.key === 'Enter' || event.key === ' ' ? onChoose?.(row.key) : undefined)}
    >
      <rect y={-ROW_HEIGHT / 2 + 2} width={ROW_WIDTH} height={ROW_HEIGHT - 4} rx="5" className="shape" />
      <text x="8" y="-3" fontSize="12" fontWeight="600">
        {cut(row.evse.id, LONG)}
      </text>{' '}
      <text x="8" y="13" fontSize="10">
        {connectorsOf(row.evse.connectors)}
      </text>{' '}
      <path d="M118 0c16 14 30 -14 46 2" className="cable" stroke={cableColour(state?.cable_degC ?? null)} />
      {state ? <Car state={state} /> : null}{' '}
      {state && state.mode !== 'charging' ? (
        <text x={BAR.x} y="4" fontSize="11" opacity="0.85">
          {t(modeWords[state.mode])}
        </text>
      ) : null}
      {state?.mode === 'charging' ? <PowerBar state={state} /> : null}
    </g>
  )
})

interface Props {
  readonly plan: HubPlan
  /** null: a design, at which nothing happens. */
  readonly state: HubState | null
  readonly onChoose?: (key: string) => void
}

/** The hub as one line drawing from the grid to the vehicles. */
export function Drawing({ plan, state, onChoose }: Props) {
  const { t } = useSettings()
  const layout = useMemo(() => layOut(plan), [plan])
  const modules = useMemo(
    () => Object.fromEntries(plan.cabinets.map(({ id, module_kW }) => [`cabinet ${id}`, module_kW])),
    [plan],
  )
  const width = layout.rows_x + ROW_WIDTH
  const power = (key: string) => state?.power_kW[key] ?? state?.evses[key]?.power_kW ?? null
  return (
    <div className="drawing">
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing is no fieldset */}
      <svg
        viewBox={`0 0 ${width} ${layout.height}`}
        style={{ minWidth: width * 0.75, maxWidth: width * 1.3 }}
        role="group"
        aria-label={t('web.hub.drawing', { name: plan.name })}
      >
        {layout.feeds.map((feed) => (
          <Flow key={`${feed.from} ${feed.to}`} feed={feed} power_kW={power(feed.to)} />
        ))}
        {layout.boxes.map((box) => (
          <Box
            key={box.key}
            box={box}
            power_kW={power(box.key)}
            limit_kW={state?.limit_kW[box.key] ?? box.limit_kW}
            module_kW={modules[box.key] ?? null}
            onChoose={onChoose}
          />
        ))}
        {layout.rows.map((row) => (
          <Row key={row.key} row={row} x={layout.rows_x} state={state?.evses[row.key] ?? null} onChoose={onChoose} />
        ))}
      </svg>
    </div>
  )
}
