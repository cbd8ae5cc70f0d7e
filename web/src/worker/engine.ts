import { type Requests, requests } from './requests.ts'

export interface Question {
  readonly number: number
  readonly name: keyof Requests
  readonly input: unknown
}

export type Message =
  | { readonly number: number; readonly kind: 'progress'; readonly done_frac: number }
  | { readonly number: number; readonly kind: 'answer'; readonly answer: unknown }
  | { readonly number: number; readonly kind: 'failure'; readonly says: string }

const post = (message: Message): void => self.postMessage(message)

self.onmessage = async ({ data: { number, name, input } }: MessageEvent<Question>) => {
  const run = requests[name] as (input: unknown, report: (done_frac: number) => void) => unknown
  try {
    const report = (done_frac: number) => post({ number, kind: 'progress', done_frac })
    post({ number, kind: 'answer', answer: await run(input, report) })
  } catch (error) {
    post({ number, kind: 'failure', says: String(error) })
  }
}
