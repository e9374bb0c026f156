import { existsSync, readFileSync, statSync } from 'node:fs';
import { dayInSouthAfrica } from '#lib/identity/councillor-file.ts';
import { importCouncillors, knownMunicipality } from '#lib/identity/server/index.ts';
import { readArgs, type Command } from '../command.ts';

const mostBytes = 20_000_000;

export const importCouncillorsCommand: Command = {
	name: 'import-councillors',
	usage: 'import-councillors FILE --municipality CODE [--from DAY]',
	help: 'Imports councillors and their terms from a CSV with the columns ward_id, councillor, type (ward or pr), start_date, and if known email, phone. Wards must be there first. A new ward councillor ends the term before. Added, unchanged and rejected rows add up to the total; the same file twice changes nothing.\n  npm run admin -- import-councillors councillors.csv --municipality KHA\n  npm run admin -- import-councillors knysna.csv --municipality WC048 --from 2021-11-08',
	async run(args, { database, print, path }) {
		const { values, rest } = readArgs(args, { values: ['municipality', 'from'] });
		const [file] = rest;
		if (!file) throw new Error('Which file? import-councillors FILE --municipality CODE');
		if (!existsSync(path(file))) throw new Error(`There is no file ${file}`);
		if (statSync(path(file)).size > mostBytes)
			throw new Error(`The file is larger than ${mostBytes / 1e6} MB.`);
		const startsAt = values.from ? dayInSouthAfrica(values.from) : null;
		if (values.from && !startsAt)
			throw new Error(`--from ${values.from}: give a day like 2026-11-02`);
		const municipality = await knownMunicipality(database.db, values.municipality ?? '');
		if (!municipality)
			throw new Error(`There is no municipality ${values.municipality ?? ''} here: name one`);

		const done = await importCouncillors(database.db, {
			municipalityId: municipality.id,
			text: readFileSync(path(file), 'utf8'),
			startsAt
		});
		print(
			`${done.total} rows: ${done.added} added, ${done.unchanged} unchanged, ${done.rejected.length} rejected. ${done.ended} earlier terms end.`
		);
		for (const { row, reason } of done.rejected) print(`  line ${row}: ${reason}`);
	}
};
