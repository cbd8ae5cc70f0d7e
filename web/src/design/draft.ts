import { examples } from './examples.ts'

const DRAFT_KEY = 'anyplug.design'

/** The design that is being worked at; an example where there is none yet. */
export function draft(): string {
  return localStorage.getItem(DRAFT_KEY) ?? examples[0]?.text ?? ''
}

export function keepDraft(text: string): void {
  localStorage.setItem(DRAFT_KEY, text)
}

/** Tells of the draft that another window keeps; the answer ends that. */
export function onOtherDraft(tell: (text: string) => void): () => void {
  const listener = ({ key, newValue }: StorageEvent): void => {
    if (key === DRAFT_KEY && newValue !== null) tell(newValue)
  }
  window.addEventListener('storage', listener)
  return () => window.removeEventListener('storage', listener)
}
