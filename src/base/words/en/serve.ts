/** What the server of a living hub says. */
export const serve = {
  'serve.cli.description':
    'run a hub over OCPP: stations connect, the site controller shares the power, the dashboard shows it',
  'serve.option.port': 'port of dashboard, API and OCPP (default: 8180; 0: any)',
  'serve.option.host': 'address to listen at (default: 127.0.0.1, this machine only)',
  'serve.option.data': 'folder of the store (default: anyplug-data)',
  'serve.option.virtual': 'play the stations of the site, with cars that come as in a simulation',
  'serve.option.speed': 'so many times as fast as the wall clock (default: 1)',
  'serve.option.minutes': 'stop after so many minutes of the wall clock',
  'serve.runs': '{site} runs at {url}',
  'serve.link': 'Sign in once with  {link}',
  'serve.ocpp': 'Stations connect to  {url}<station id>',
  'serve.line': '{charging} of {evses} EVSEs charge, {power} of {limit} kW',
  'serve.portInUse': 'port {port} is in use',
  'serve.fix.port': 'choose another one with --port, or stop what listens there',
  'serve.cannotListen': 'cannot listen at {host}, port {port}: {detail}',
  'serve.noDemand': 'the site file has no demand: no virtual cars would come',
} as const
