import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import * as v from 'valibot';
import { importWards } from '#lib/geography/server/index.ts';
import { placeIssuesAnew } from '#lib/issues/server/index.ts';
import { readArgs, type Command } from '../command.ts';

const names = v.pipe(v.array(v.string()), v.minLength(1));
const mapFile = v.partial(
	v.strictObject({
		code: names,
		municipality: names,
		number: names,
		name: names,
		areas: names,
		voters: names
	})
);

const mostBytes = 250_000_000;

/** A day on South Africa's clock. @throws when it is none */
function dayOf(text: string): Date {
	const day = new Date(`${text}T00:00:00+02:00`);
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(day.getTime()))
		throw new Error(`--from ${text}: give a day like 2026-11-02`);
	return day;
}

function readMap(file: string) {
	const read = v.safeParse(mapFile, JSON.parse(readFileSync(file, 'utf8')));
	if (read.success) return read.output;
	throw new Error(
		'--map: a JSON object whose keys are code, municipality, number, name, areas, voters, each with a list of column names'
	);
}

export const importWardsCommand: Command = {
	name: 'import-wards',
	usage:
		'import-wards FILE [--name NAME] [--from DAY] [--municipality CODE] [--map MAP] [--even-simplified]',
	help: "Reads ward lines from GeoJSON or a zipped Shapefile (WGS 84 or Hartebeesthoek94), mends polygons that cross themselves, and lets them hold from a day on. The same file twice changes nothing.\n  npm run admin -- import-wards wards-2026.zip --name 'Wards 2026' --from 2026-11-02\n  npm run admin -- import-wards knysna.geojson --municipality WC048",
	async run(args, { database, print, path }) {
		const { values, flags, rest } = readArgs(args, {
			values: ['name', 'from', 'municipality', 'map'],
			flags: ['even-simplified']
		});
		const [file] = rest;
		if (!file) throw new Error('Which file? import-wards FILE');
		if (statSync(path(file)).size > mostBytes)
			throw new Error(`The file is larger than ${mostBytes / 1e6} MB.`);

		const now = new Date();
		const started = performance.now();
		print(`Reading ${file} …`);
		const done = await importWards(
			database.db,
			{
				data: readFileSync(path(file)),
				name: values.name ?? basename(file),
				source: basename(file),
				validFrom: values.from ? dayOf(values.from) : now,
				municipality: values.municipality,
				fields: values.map ? readMap(path(values.map)) : undefined,
				evenSimplified: flags.has('even-simplified')
			},
			now
		);
		if (done.already) {
			print(`This file was imported before, with ${done.wards} wards. Nothing changed.`);
			return;
		}
		const seconds = ((performance.now() - started) / 1000).toFixed(1);
		print(`${done.wards} wards of ${done.municipalities} municipalities in ${seconds} s.`);
		if (done.repaired.length)
			print(
				`${done.repaired.length} polygons crossed themselves and were mended: ${done.repaired.join(', ')}.`
			);
		if (done.added.length)
			print(
				`${done.added.length} municipalities are new here, and not active: ${done.added.join(', ')}.`
			);
		if (done.simplified)
			print('These lines are simplified: good for maps, too coarse to tell the ward of a report.');
		if (done.keptFiner.length) print(`Left with their finer lines: ${done.keptFiner.join(', ')}.`);

		const moved = await placeIssuesAnew(database.db, now);
		if (moved)
			print(`${moved} issues now lie in another ward; each keeps the one it was raised in.`);
	}
};
