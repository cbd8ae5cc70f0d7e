import type { Desk } from './desk.ts'
import type { Station } from './station.ts'
import type { Judgement } from './tokens.ts'

/** What is thought of a token somebody shows. One that is refused is told: so its number can be read and entered. */
export function authorize(desk: Desk, station: Station, idToken: string, type: string | null): Judgement {
  const judgement = desk.tokens.judge(idToken, type, desk.now_ms())
  if (judgement.status !== 'accepted') {
    desk.doubt(station, 0, { code: 'doubt.tokenShown', params: { token: idToken, status: judgement.status } })
  }
  return judgement
}
