/** `npm run bench [name] [-- --json] [-- --long]`: every figure against a baseline measured in the same run. */
import { cpus, loadavg } from 'node:os';
import { alertPage } from './alert-page.ts';
import { alert } from './alert.ts';
import { broadcast } from './broadcast.ts';
import { clocksBench } from './clocks.ts';
import { dedup } from './dedup.ts';
import { escalations } from './escalations.ts';
import { broadcastFaults } from './broadcast-faults.ts';
import type { Bench, Figure } from './figure.ts';
import { ledger } from './ledger.ts';
import { live } from './live.ts';
import { map } from './map.ts';
import { pages } from './pages.ts';
import { photo } from './photo.ts';
import { push } from './push.ts';
import { report } from './report.ts';
import { searching } from './search.ts';
import { signs } from './signs.ts';
import { supervisor } from './supervisor.ts';
import { wardOfAPoint } from './ward-of-a-point.ts';

const benches: Bench[] = [
	wardOfAPoint,
	report,
	photo,
	pages,
	alertPage,
	live,
	map,
	searching,
	push,
	ledger,
	broadcast,
	broadcastFaults,
	alert,
	clocksBench,
	escalations,
	supervisor,
	signs,
	dedup
];

const args = process.argv.slice(2);
const json = args.includes('--json');
const long = args.includes('--long');
const named = args.find((each) => !each.startsWith('--'));
const wanted = args.includes('--faults') ? `${named} --faults` : named;
const chosen = benches.filter(({ name }) => !wanted || name === wanted);
if (!chosen.length) {
	console.error(
		`There is no benchmark ${wanted}. There are: ${benches.map(({ name }) => name).join(', ')}`
	);
	process.exit(2);
}

const say = (line: string) => console.error(line);
const machine = cpus();
say(
	`${machine.length} × ${machine[0]?.model.trim()}, Node ${process.versions.node}, load ${loadavg()[0].toFixed(1)}`
);

let missed = 0;
for (const bench of chosen) {
	say(`\n${bench.name}: ${bench.about}`);
	const figures = await bench.run({ long, say });
	for (const figure of figures) {
		const held =
			figure.limit_ratio === null
				? figure.value <= figure.baseline
				: (figure.ratio ?? 0) >= figure.limit_ratio;
		if (!held) missed++;
		console.log(json ? JSON.stringify({ bench: bench.name, ...figure }) : row(figure, held));
	}
}
process.exit(missed ? 1 : 0);

function row(
	{ case: name, value, unit, baseline, ratio, limit_ratio }: Figure,
	held: boolean
): string {
	const against =
		ratio === null
			? `limit ${baseline}`
			: `baseline ${Math.round(baseline)}, ×${ratio.toFixed(1)}, limit ×${limit_ratio}`;
	return `  ${held ? 'held  ' : 'MISSED'} ${name}: ${Math.round(value)} ${unit} (${against})`;
}
