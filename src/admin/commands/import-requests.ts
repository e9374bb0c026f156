import { existsSync } from 'node:fs';
import { municipalityByCode } from '#lib/identity/server/index.ts';
import { importRequests } from '#lib/issues/server/index.ts';
import { readArgs, type Command } from '../command.ts';
import { readImportMap } from '../files.ts';

export const importRequestsCommand: Command = {
	name: 'import-requests',
	usage: 'import-requests FILE --map MAP [--municipality CODE]',
	help: 'Imports requests of another system from a CSV (also .csv.gz), by a column map that is data: see import-maps/ and docs/imports.md. Accepted and rejected rows add up to the total; every rejected or odd row is kept with its reason. Importing twice changes nothing.\n  npm run admin -- import-requests requests.csv.gz --map import-maps/cape-town.json --municipality CPT',
	async run(args, { database, print, path }) {
		const { values, rest } = readArgs(args, { values: ['map', 'municipality'] });
		const [file] = rest;
		if (!file) throw new Error('Which file? import-requests FILE --map MAP');
		if (!values.map) throw new Error('--map is missing: which column means what');
		for (const given of [file, values.map])
			if (!existsSync(path(given))) throw new Error(`There is no file ${given}`);

		const map = await readImportMap(path(values.map), values.map);
		const code = values.municipality ?? map.municipality;
		const municipality = code ? await municipalityByCode(database.db, code) : undefined;
		if (!municipality)
			throw new Error(`There is no municipality ${code ?? ''} here: name one with --municipality`);

		const report = await importRequests(database.db, {
			file: path(file),
			map,
			municipalityId: municipality.id
		});
		print(
			`${report.total} rows: ${report.accepted} accepted (${report.flagged} of them with a remark), ${report.rejected} rejected.`
		);
		for (const { reason, rejected, count } of report.reasons)
			print(`  ${String(count).padStart(6)}  ${rejected ? 'rejected' : 'remarked'}: ${reason}`);
	}
};
