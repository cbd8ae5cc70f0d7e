import { useSettings } from '../shell/settings.tsx'

const BOX = { width: 150, height: 56, gap: 46 }

interface Props {
  readonly plug: string | null
  readonly adapters: readonly string[]
  readonly inlet: string | null
  readonly joins: boolean
}

function Piece({ x, title, name }: { readonly x: number; readonly title: string; readonly name: string }) {
  return (
    <g transform={`translate(${x},8)`}>
      <rect width={BOX.width} height={BOX.height} rx="8" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <text x={BOX.width / 2} y="20" textAnchor="middle" fontSize="11" opacity="0.75">
        {title}
      </text>
      <text x={BOX.width / 2} y="41" textAnchor="middle" fontSize="14" fontWeight="600">
        {name.length > 20 ? `${name.slice(0, 19)}…` : name}
      </text>
    </g>
  )
}

function Joint({ x, joins }: { readonly x: number; readonly joins: boolean }) {
  const y = 8 + BOX.height / 2
  const middle = x + BOX.gap / 2
  return joins ? (
    <path d={`M${x} ${y}H${x + BOX.gap}`} stroke="var(--good)" strokeWidth="4" />
  ) : (
    <g stroke="var(--bad)" strokeWidth="4">
      <path d={`M${x} ${y}H${middle - 11}M${middle + 11} ${y}H${x + BOX.gap}`} />
      <path d={`M${middle - 7} ${y - 9}l14 18m0 -18l-14 18`} strokeWidth="3" />
    </g>
  )
}

/** Plug, adapters and inlet in a row that joins or does not. */
export function Chain({ plug, adapters, inlet, joins }: Props) {
  const { t } = useSettings()
  const pieces = [
    { key: 'plug', title: t('web.match.plug'), name: plug ?? '?' },
    ...adapters.map((name) => ({ key: name, title: t('web.match.adapter'), name })),
    { key: 'inlet', title: t('web.match.inlet'), name: inlet ?? '?' },
  ]
  const step = BOX.width + BOX.gap
  const label = `${pieces.map(({ title, name }) => `${title}: ${name}`).join(joins ? ' — ' : ' ✕ ')}`
  return (
    <svg
      viewBox={`0 0 ${pieces.length * step - BOX.gap} 72`}
      style={{ maxWidth: pieces.length * step, width: '100%' }}
      role="img"
      aria-label={label}
    >
      {pieces.map((piece, at) => (
        <Piece key={piece.key} x={at * step} title={piece.title} name={piece.name} />
      ))}
      {pieces.slice(1).map((piece, at) => (
        <Joint key={piece.key} x={at * step + BOX.width} joins={joins || at < pieces.length - 2} />
      ))}
    </svg>
  )
}
