/** Token of the one-time link: read before pages move on, and taken out of the address so that it stays in no history. */
let token = new URLSearchParams(location.hash.split('?')[1] ?? location.search).get('token')
if (token !== null) history.replaceState(null, '', `${location.pathname}#/hub`)

/** The token the page was opened with, once. */
export function takeLinkToken(): string | null {
  const taken = token
  token = null
  return taken
}
