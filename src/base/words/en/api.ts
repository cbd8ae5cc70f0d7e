/** What the API says no with. */
export const api = {
  'api.signIn': 'Sign in first: with the link the server printed, or with a token.',
  'api.linkUsed': 'This link or token opens nothing: it was used, has expired or never was one.',
  'api.tooMany': 'Too many failed attempts from here; try again in a minute.',
  'api.notFound': 'There is nothing of that name.',
  'api.noRoute': 'The API has no such path; /api/openapi.json lists those it has.',
  'api.notForgotten': 'There is no such station, or the site file names it.',
  'api.fields': 'Not as it should be: {fields}',
  'api.json': 'The body has to be JSON, with content-type application/json.',
  'api.notJson': 'The body is not JSON.',
  'api.tooLarge': 'The body is too large.',
  'api.failed': 'Something went wrong in the server; its log has more.',
  'api.span': 'The end has to be after the start.',
  'api.tooManySteps': '{steps} steps are too many; at most {most}: take longer steps.',
  'api.fault':
    'This EVSE cannot have the fault {mode}: only a virtual station can, and a pump only where the cable has one.',
  'api.why.post': 'the post offers no more now',
  'api.why.postCable': 'the post offers no more now; its cable is at {cable_degC} °C',
  'api.why.postTrouble': 'the post offers no more now: {because}',
  'api.limit.aboveGrid': '{limit} kW is above the grid connection of {import} kW.',
  'api.limit.changed': 'Somebody has set another limit meanwhile: {limit} kW.',
  'api.limit.confirm': 'A lower limit slows vehicles down or stops them: confirm with the name of the site, {name}.',
} as const
