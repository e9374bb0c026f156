import { rebuildMap } from '#lib/issues/server/index.ts';
import type { Command } from '../command.ts';

export const rebuildMapCommand: Command = {
	name: 'rebuild-map',
	usage: 'rebuild-map',
	help: 'Counts the public map anew from the issues themselves. It keeps itself right; this is for after hands in the database. New reports wait meanwhile (about a second for 30 000), readers do not.\n  npm run admin -- rebuild-map',
	async run(_, { database, print }) {
		print(`The map holds ${await rebuildMap(database.db)} issues.`);
	}
};
