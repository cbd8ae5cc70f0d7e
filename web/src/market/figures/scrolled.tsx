import type { ReactNode } from 'react'

interface Props {
  readonly label: string
  /** No narrower than this: narrower screens scroll. */
  readonly width_px: number
  readonly height_px?: number
  readonly children: ReactNode
}

/** What scrolls inside its own frame, also by keyboard. */
export function Scrolled({ label, width_px, height_px, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls has to be reached by keyboard
    // biome-ignore lint/a11y/useSemanticElements: no form, so no fieldset
    <div className="scrolled" role="group" aria-label={label} tabIndex={0} style={{ maxHeight: height_px }}>
      <div style={{ minWidth: width_px }}>{children}</div>
    </div>
  )
}
