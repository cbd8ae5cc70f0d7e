/** A command line a user might type, and what must be said on standard error: codes, in this order. */
export interface BadCommand {
  readonly line: string
  readonly says: readonly string[]
}

const bad = (line: string, ...says: string[]): BadCommand => ({ line, says })

/** `hub.yaml` is a sound site that can be simulated, `folder` is a folder, `note.txt` a text. */
export const badCommands: readonly BadCommand[] = [
  bad('simulte hub.yaml', 'cli.unknownCommand'),
  bad('check', 'cli.missingArgument'),
  bad('check hub.yaml --jsn', 'cli.unknownOption'),
  bad('check nowhere.yaml', 'cli.file.missing'),
  bad('check folder', 'cli.file.isDirectory'),
  bad('check nowhere.yaml hub.yaml folder', 'cli.file.missing', 'cli.file.isDirectory'),
  bad('check hub.yaml --catalogue nowhere', 'cli.folder.missing'),
  bad('check hub.yaml --catalogue folder', 'cli.folder.noRecords'),
  bad('check hub.yaml --lang fr', 'cli.usage'),
  bad('init hub.yaml', 'cli.file.exists'),
  bad('init nowhere/hub.yaml', 'cli.file.notWritable'),
  bad('init new.yaml --example moon', 'cli.notOneOf'),
  bad('simulate', 'cli.needsSite'),
  bad('simulate nowhere.yaml', 'cli.file.missing'),
  bad('simulate note.txt', 'document.notGroup'),
  bad('simulate no-battery.yaml', 'site.batteryUnknown', 'site.vehiclePowerUnknown'),
  bad('simulate no-demand.yaml', 'site.noDemand'),
  bad('simulate hub.yaml --days week', 'cli.notANumber'),
  bad('simulate hub.yaml --days 1,5', 'cli.notANumber'),
  bad('simulate hub.yaml --days 0x10', 'cli.notANumber'),
  bad('simulate hub.yaml --days -1', 'cli.outOfRange'),
  bad('simulate hub.yaml --days 1e999', 'cli.notANumber'),
  bad('simulate hub.yaml --seed 1.5', 'cli.notAnInteger'),
  bad('simulate hub.yaml --from 2026-02-30', 'cli.notADate'),
  bad('simulate hub.yaml --from 2026-06-02 --to 2026-06-01', 'cli.outOfRange'),
  bad('simulate hub.yaml --policy fiffo', 'cli.notOneOf'),
  bad('simulate hub.yaml --report', 'cli.missingOptionValue'),
  bad('simulate hub.yaml --days 1 --report nowhere/report.html', 'cli.file.notWritable'),
  bad('simulate hub.yaml --days 1 --report folder', 'cli.file.isDirectory'),
  bad('simulate hub.yaml --site-limit 100', 'cli.onlyWithWorkload'),
  bad('simulate hub.yaml --workload day.json', 'cli.notTogether'),
  bad('simulate --workload nowhere.json', 'cli.file.missing'),
  bad('simulate --workload folder', 'cli.file.isDirectory'),
  bad('simulate --workload truncated.json', 'workload.truncated'),
  bad('simulate --workload rows.json', 'workload.outletRange', 'workload.unplugBeforePlug'),
  bad('simulate --workload day.json --site-limit -5', 'cli.outOfRange'),
  bad('match tesla abb_terra_54', 'match.problem.ambiguous'),
  bad('match nothing-like-it abb_terra_54', 'match.problem.unknown'),
  bad('match nissan-leaf-40-2018 nothing-like-it', 'match.problem.unknown'),
  bad('match nissan-leaf-40-2018 abb_terra_54 --soc 5', 'match.problem.soc'),
  bad(
    'match nissan-leaf-40-2018 abb_terra_54 --adapter none --with none',
    'match.problem.adapter',
    'match.problem.option',
  ),
  bad('match nissan-leaf-40-2018 abb_terra_54 --market MOON', 'cli.notOneOf'),
  bad('catalogue cars', 'catalogue.noKind'),
]
