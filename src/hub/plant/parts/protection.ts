import type { Catalogue } from '../../standards/index.ts'
import type { ComponentOf } from '../../standards/schema/index.ts'
import type {
  ContactorParameters,
  EmiFilterParameters,
  FuseParameters,
  InsulationMonitorParameters,
} from '../protection/index.ts'
import { archetypes } from './defaults.ts'
import { archetypeOf, type Compiled, Facts, partOf } from './facts.ts'

/** Compiles a fuse. */
export function fuseParameters(record: ComponentOf<'fuse'>): Compiled<FuseParameters> {
  const facts = new Facts()
  return facts.compiled({ melting_A2s: facts.of(record, 'melting_A2s') })
}

/** Compiles a contactor; times and limits it does not state are those of GB/T and of usual contactors. */
export function contactorParameters(record: ComponentOf<'contactor'>): Compiled<ContactorParameters> {
  const facts = new Facts()
  const usual = archetypeOf('contactor', archetypes.contactor)
  return facts.compiled({
    close_s: facts.or(record, 'close_s', usual.close_s ?? 0),
    open_s: facts.or(record, 'open_s', usual.open_s ?? 0),
    makeMismatch_V: facts.or(record, 'makeMismatch_V', usual.makeMismatch_V ?? 0),
    breakCurrent_A: facts.or(record, 'breakCurrent_A', usual.breakCurrent_A ?? 0),
    cycles: facts.or(record, 'cycles', usual.cycles ?? 0),
  })
}

/**
 * Compiles an insulation monitor; without a stated sample period it is read at once, without other figures like the
 * archetype.
 */
export function insulationMonitorParameters(
  record: ComponentOf<'insulationMonitor'>,
): Compiled<InsulationMonitorParameters> {
  const facts = new Facts()
  const usual = archetypeOf('insulationMonitor', archetypes.insulationMonitor)
  return facts.compiled({
    fastUpTo_ohm: facts.of(record, 'fastUpTo_ohm'),
    fast_s: facts.of(record, 'fast_s'),
    other_s: facts.of(record, 'other_s'),
    sample_s: facts.or(record, 'sample_s', 0),
    selfTest_s: facts.or(record, 'selfTest_s', usual.selfTest_s ?? 0),
    maxLeakage_F: facts.or(record, 'maxLeakage_F', usual.maxLeakage_F ?? 0),
    chademoLeakage_F: facts.or(record, 'chademoLeakage_F', usual.chademoLeakage_F ?? 0),
  })
}

/** Compiles a filter; what it does not state is that of the archetype, and no message is lost for it. */
export function emiFilterParameters(record: ComponentOf<'emiFilter'>): Compiled<EmiFilterParameters> {
  const facts = new Facts()
  const usual = archetypeOf('emiFilter', archetypes.emiFilter)
  return facts.compiled({
    yCapacitance_F: facts.or(record, 'yCapacitance_F', usual.yCapacitance_F ?? 0),
    messageLoss_frac: facts.or(record, 'messageLoss_frac', 0),
  })
}

/** What protects an output of a cabinet. */
export interface OutputProtection {
  readonly fuse: FuseParameters
  readonly contactor: ContactorParameters
  readonly insulationMonitor: InsulationMonitorParameters
  readonly emiFilter: EmiFilterParameters
}

type ProtectionPart = keyof OutputProtection

/**
 * Compiles what protects an output: the parts a cabinet of the catalogue names, archetypes for those it does not, or
 * without a record.
 */
export function outputProtection(
  cabinet: ComponentOf<'cabinet'> | null,
  catalogue: Catalogue,
): Compiled<OutputProtection> {
  const facts = new Facts()
  const named = <T extends ProtectionPart>(type: T): ComponentOf<T> => {
    const id: string | null = cabinet?.[type] ?? null
    if (id !== null) return partOf(catalogue, type, id)
    return facts.assume('cabinet', type, archetypeOf(type, archetypes[type]))
  }
  const taken = <P>(compiled: Compiled<P>): P => {
    facts.add(compiled)
    return compiled.parameters
  }
  return facts.compiled({
    fuse: taken(fuseParameters(named('fuse'))),
    contactor: taken(contactorParameters(named('contactor'))),
    insulationMonitor: taken(insulationMonitorParameters(named('insulationMonitor'))),
    emiFilter: taken(emiFilterParameters(named('emiFilter'))),
  })
}
