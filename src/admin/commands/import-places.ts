import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { placeKinds } from '#lib/geography/place-file.ts';
import { importPlaces } from '#lib/geography/server/index.ts';
import { knownMunicipality } from '#lib/identity/server/index.ts';
import { readArgs, type Command } from '../command.ts';

const mostBytes = 250_000_000;

export const importPlacesCommand: Command = {
	name: 'import-places',
	usage: 'import-places FILE --municipality CODE [--kind KIND] [--name COLUMN]',
	help: `Imports streets, landmarks and places from GeoJSON (WGS 84): what people type when they say where it is. The kind comes from a property "kind" (${placeKinds.join(', ')}) or from OpenStreetMap's tags, else from --kind. Wards must be there first. Accepted and rejected features add up to the total; the same file twice changes nothing.\n  npm run admin -- import-places streets.geojson --municipality KHA --kind street\n  npm run admin -- import-places poles.geojson --municipality KHA --kind pole --name POLE_NO`,
	async run(args, { database, print, path }) {
		const { values, rest } = readArgs(args, { values: ['municipality', 'kind', 'name'] });
		const [file] = rest;
		if (!file) throw new Error('Which file? import-places FILE --municipality CODE');
		if (!existsSync(path(file))) throw new Error(`There is no file ${file}`);
		if (statSync(path(file)).size > mostBytes)
			throw new Error(`The file is larger than ${mostBytes / 1e6} MB.`);
		const kind = placeKinds.find((each) => each === values.kind);
		if (values.kind && !kind)
			throw new Error(`--kind ${values.kind}: give one of ${placeKinds.join(', ')}`);
		const municipality = await knownMunicipality(database.db, values.municipality ?? '');
		if (!municipality)
			throw new Error(`There is no municipality ${values.municipality ?? ''} here: name one`);

		const done = await importPlaces(database.db, {
			municipalityId: municipality.id,
			text: readFileSync(path(file), 'utf8'),
			source: basename(file),
			column: values.name,
			as: kind
		});
		const rejected = done.rejected.reduce((sum, { count }) => sum + count, 0);
		print(
			`${done.total} features: ${done.accepted} accepted, ${rejected} rejected. ${done.added} places are new.`
		);
		for (const { reason, count } of done.rejected)
			print(`  ${String(count).padStart(6)}  rejected: ${reason}`);
	}
};
