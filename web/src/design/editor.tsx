import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint'
import type { EditorState } from '@codemirror/state'
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view'
import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { Problem } from '../../../src/base/problems/index.ts'
import { PRODUCT_TYPE } from './product-type.ts'

interface Props {
  readonly label: string
  readonly text: string
  readonly onChange: (text: string) => void
  readonly problems: readonly Problem[]
  readonly sentence: (problem: Problem) => string
  /** A product was dropped onto the text. */
  readonly onProduct: (id: string) => void
}

function diagnosticsOf(state: EditorState, problems: readonly Problem[], sentence: Props['sentence']): Diagnostic[] {
  return problems.flatMap((problem) => {
    const { at, severity } = problem
    if (!at || at.line > state.doc.lines) return []
    const line = state.doc.line(Math.max(1, at.line))
    const from = Math.min(line.from + at.column - 1, line.to)
    return [{ from, to: line.to, severity, message: sentence(problem) }]
  })
}

/** The text of a site file, with what is wrong marked where it stands. */
export default function Editor({ label, text, onChange, problems, sentence, onProduct }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const dark = useComputedColorScheme('light') === 'dark'
  const said = useRef({ onChange, onProduct })
  said.current = { onChange, onProduct }

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new text is put into the editor below, not into a new editor
  useEffect(() => {
    if (!place.current) return
    const made = new EditorView({
      parent: place.current,
      doc: text,
      extensions: [
        [lineNumbers(), history(), drawSelection(), lintGutter(), yaml(), EditorView.lineWrapping],
        keymap.of([...defaultKeymap, ...historyKeymap]),
        EditorView.contentAttributes.of({ 'aria-label': label }),
        EditorView.theme(
          { '&': { maxHeight: '60vh', fontSize: '13px' }, '.cm-scroller': { overflow: 'auto' } },
          { dark },
        ),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) said.current.onChange(update.state.doc.toString())
        }),
        EditorView.domEventHandlers({
          drop: (event) => {
            const id = event.dataTransfer?.getData(PRODUCT_TYPE)
            if (!id) return false
            event.preventDefault()
            said.current.onProduct(id)
            return true
          },
        }),
      ],
    })
    made.scrollDOM.tabIndex = 0
    view.current = made
    return () => made.destroy()
  }, [dark, label])

  useEffect(() => {
    const { current } = view
    if (!current) return
    const shown = current.state.doc.toString()
    if (shown !== text) current.dispatch({ changes: { from: 0, to: shown.length, insert: text } })
    current.dispatch(setDiagnostics(current.state, diagnosticsOf(current.state, problems, sentence)))
  }, [text, problems, sentence])

  return <div ref={place} style={{ border: '1px solid var(--line)', borderRadius: 4 }} />
}
