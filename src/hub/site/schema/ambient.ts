import { z } from 'zod'
import { quantity, signedQuantity } from '../../../base/documents/index.ts'

const HOURS_PER_DAY = 24

const airQuantity = (description: string) => signedQuantity('degC', description).min(-60).max(70)

/** Temperature of the air over a run with physics: either of both. */
export const ambientSchema = z.strictObject({
  daily: z
    .strictObject({
      low_degC: airQuantity('lowest temperature of a day').meta({ examples: [14] }),
      high_degC: airQuantity('highest temperature of a day').meta({ examples: [32] }),
      warmest_h: quantity('h', 'hour of the local day at which it is warmest').max(HOURS_PER_DAY).default(15),
    })
    .optional()
    .meta({ description: 'the same wave every day; or state "weather"' }),
  weather: z
    .string()
    .min(1)
    .max(400)
    .optional()
    .meta({
      description:
        'file with temperatures, looked for from where this file is: CSV, EPW, or a typical year of PVGIS or NREL',
      examples: ['weather/madrid.epw'],
    }),
})
