/** Types of token that name the vehicle itself (autocharge, ISO 15118). */
const ofVehicles = ['MacAddress', 'EVCCID', 'VIN']
/** How stations of 1.6 write the address of a vehicle into an idTag. */
const prefixed = /^(?:vid|mac|evccid|autocharge)[:_-]?((?:[0-9a-f]{2}[:-]?){5}[0-9a-f]{2})$/i
const hexAddress = /^(?:[0-9a-f]{2}[:-]?){5}[0-9a-f]{2}$/i

const bare = (address: string): string => address.replace(/[:-]/g, '').toUpperCase()

/**
 * Key under which a token is kept and found: letters do not differ by case (CiString, identifierString). A vehicle's address
 * has one key however it comes: as MacAddress or EVCCID, with or without colons, or behind a prefix in an idTag of 1.6.
 */
export function tokenKey(idToken: string, type: string | null): string {
  const address = prefixed.exec(idToken)?.[1]
  if (address !== undefined) return `vehicle:${bare(address)}`
  if (type !== null && ofVehicles.includes(type) && hexAddress.test(idToken)) return `vehicle:${bare(idToken)}`
  return idToken.toUpperCase()
}
