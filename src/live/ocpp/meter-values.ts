import type { Coded } from '../../base/words/index.ts'
import { isJsonObject, type Json, type JsonObject } from './json.ts'

/** OCPP 1.6 sends readings as text. A number with a point, as JSON has it; a sign and leading zeros are let pass. */
const number = /^\s*[+-]?\d{1,15}(\.\d*)?([eE][+-]?\d{1,2})?\s*$/
const LARGEST_READING = 1e15

const isReadable = (text: string): boolean => number.test(text) && Math.abs(Number(text)) <= LARGEST_READING

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])

function sampleProblem(sample: Json, path: string): Coded | null {
  if (!isJsonObject(sample) || sample['format'] === 'SignedData') return null
  const value = sample['value']
  if (typeof value !== 'string' || isReadable(value)) return null
  return { code: 'ocpp.value.unreadable', params: { path: `${path}.value`, text: value.slice(0, 32) } }
}

/** The first reading of a MeterValues or StopTransaction of 1.6 that is no number; later versions have numbers there. */
export function unreadableValue(action: string, payload: JsonObject): Coded | null {
  if (action !== 'MeterValues' && action !== 'StopTransaction') return null
  const field = action === 'MeterValues' ? 'meterValue' : 'transactionData'
  const values = listOf(payload[field])
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? null
    const samples = listOf(isJsonObject(value) ? value['sampledValue'] : undefined)
    for (let place = 0; place < samples.length; place++) {
      const problem = sampleProblem(samples[place] ?? null, `${field}[${at}].sampledValue[${place}]`)
      if (problem) return problem
    }
  }
  return null
}
