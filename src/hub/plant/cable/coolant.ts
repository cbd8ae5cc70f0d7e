import type { CoolantLoop, CoolantMaterial, CoolingParameters } from './parameters.ts'

/** Full flow is that of the pump at full speed with coolant of this temperature. */
const NOMINAL_degC = 40
/** Blasius: dp = 0.241 L rho^0.75 mu^0.25 D^-4.75 Q^1.75 in a smooth round channel. */
const BLASIUS = 0.241
const NEWTON_STEPS = 60

/** Dynamic viscosity, mu40 exp(-b (T - 40)). */
export function viscosity_Pas(
  { viscosityAt40_Pas, viscosityFall_perK }: CoolantMaterial,
  coolant_degC: number,
): number {
  return viscosityAt40_Pas * Math.exp(-viscosityFall_perK * (coolant_degC - NOMINAL_degC))
}

/**
 * Volume flow where the pump's curve dp0 n^2 - a Q^2 meets the loss of the loop, m3/s. The loss is the larger of the laminar
 * one (Hagen-Poiseuille, in closed form) and the turbulent one (Blasius), so the flow falls steadily with viscosity.
 * `speed_frac` is the pump's speed.
 */
export function volumeFlow(loop: CoolantLoop, coolant: CoolantMaterial, coolant_degC: number, speed_frac = 1): number {
  const viscosity = viscosity_Pas(coolant, coolant_degC)
  const shutOff_Pa = loop.shutOff_Pa * speed_frac ** 2
  if (shutOff_Pa === 0) return 0
  return Math.min(laminarFlow(loop, viscosity, shutOff_Pa), turbulentFlow(loop, coolant, viscosity, shutOff_Pa))
}

function laminarFlow(loop: CoolantLoop, viscosity: number, shutOff_Pa: number): number {
  const loss = (128 * viscosity * loop.channelLength_m) / (Math.PI * loop.channelDiameter_m ** 4)
  const curve = loop.pumpCurve_Pas2perm6
  // 2 dp0 / (k + sqrt(k^2 + 4 a dp0)) is the root that also holds for a = 0.
  return (2 * shutOff_Pa) / (loss + Math.sqrt(loss ** 2 + 4 * curve * shutOff_Pa))
}

/** Newton on a Q^2 + k Q^1.75 = dp0, which is convex and rising: from above it converges from above. */
function turbulentFlow(loop: CoolantLoop, coolant: CoolantMaterial, viscosity: number, shutOff_Pa: number): number {
  const { channelLength_m: length_m, channelDiameter_m: diameter_m, pumpCurve_Pas2perm6: curve } = loop
  const loss = BLASIUS * length_m * coolant.density_kgperm3 ** 0.75 * viscosity ** 0.25 * diameter_m ** -4.75
  let flow = (shutOff_Pa / loss) ** (1 / 1.75)
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const excess = curve * flow ** 2 + loss * flow ** 1.75 - shutOff_Pa
    const next = flow - excess / (2 * curve * flow + 1.75 * loss * flow ** 0.75)
    if (Math.abs(next - flow) <= 1e-14 * flow) return next
    flow = next
  }
  return flow
}

/** Flow as a share of full flow; 1 where the loop is not known. */
export function flowShare({ loop, coolant }: CoolingParameters, coolant_degC: number, speed_frac = 1): number {
  if (loop === null) return speed_frac
  return volumeFlow(loop, coolant, coolant_degC, speed_frac) / volumeFlow(loop, coolant, NOMINAL_degC)
}

/** Radiator: what the air can carry times its effectiveness, air_WperK (1 - exp(-ntu)); the coolant is well mixed. */
export function radiator_WperK(air_WperK: number, ntu: number): number {
  return -air_WperK * Math.expm1(-ntu)
}
