import { api } from './api.ts'
import { cabinet } from './cabinet.ts'
import { cli } from './cli.ts'
import { compare } from './compare.ts'
import { component } from './component.ts'
import { components } from './components.ts'
import { control } from './control.ts'
import { controller } from './controller.ts'
import { ctl } from './ctl.ts'
import { demand } from './demand.ts'
import { documents } from './documents.ts'
import { faults } from './faults.ts'
import { market } from './market.ts'
import { match } from './match.ts'
import { ocpp } from './ocpp.ts'
import { operate } from './operate.ts'
import { optimum } from './optimum.ts'
import { protection } from './protection.ts'
import { report } from './report.ts'
import { serve } from './serve.ts'
import { simulate } from './simulate.ts'
import { site } from './site.ts'
import { standards } from './standards.ts'
import { station } from './station.ts'
import { store } from './store.ts'
import { traces } from './traces.ts'
import { vehicle } from './vehicle.ts'
import { weather } from './weather.ts'
import { web } from './web.ts'
import { webMarket } from './web-market.ts'
import { workload } from './workload.ts'

export const en = {
  ...documents,
  ...standards,
  ...components,
  ...component,
  ...protection,
  ...market,
  ...match,
  ...vehicle,
  ...cabinet,
  ...demand,
  ...site,
  ...web,
  ...webMarket,
  ...serve,
  ...api,
  ...workload,
  ...station,
  ...traces,
  ...simulate,
  ...ocpp,
  ...operate,
  ...store,
  ...ctl,
  ...optimum,
  ...faults,
  ...weather,
  ...report,
  ...compare,
  ...control,
  ...controller,
  ...cli,
} as const
