import { describeTiles } from '#lib/geography/server/index.ts';
import type { Command } from '../command.ts';

export const checkTiles: Command = {
	name: 'check-tiles',
	usage: 'check-tiles FILE',
	help: 'Says what a .pmtiles file holds, or why it cannot be laid under the map. Then set TILES_FILE to it.\n  npm run admin -- check-tiles /srv/maps/khanyisa.pmtiles',
	alone: true,
	async run([file], { print, path }) {
		if (!file) throw new Error('Which file? check-tiles FILE');
		const lines = await describeTiles(path(file)).catch((reason: Error) => {
			throw new Error(`${file} cannot be used: ${reason.message}.`);
		});
		for (const line of lines) print(line);
	}
};
