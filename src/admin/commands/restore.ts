import { rebuildMap } from '#lib/issues/server/index.ts';
import { forgetBroadcasts, forgetPrepared } from '#lib/delivery/server/index.ts';
import { readBackup } from '../backup/read.ts';
import { readArgs, type Command } from '../command.ts';

export const restore: Command = {
	name: 'restore',
	usage: 'restore FILE',
	help: 'Reads a backup into an empty installation, embedded or PostgreSQL, whichever the backup came from. Stop the server first. Refused where anything lives already, and when the file is incomplete.\n  BACKUP_PASSPHRASE=… npm run admin -- restore imbizo-2026-11-24.backup',
	secrets: ['BACKUP_PASSPHRASE'],
	async run(args, { database, config, print, path, env }) {
		const [file] = readArgs(args).rest;
		if (!file) throw new Error('Which file? restore FILE');
		const { rows, jobs, photos, keys } = await readBackup(
			database,
			config,
			path(file),
			env.BACKUP_PASSPHRASE
		);
		await rebuildMap(database.db);
		await forgetPrepared(database.db);
		await forgetBroadcasts(database.db);
		print(`${rows} rows, ${jobs} waiting jobs and ${photos} photo files are back.`);
		print(
			keys
				? 'The keys are back too: restart before serving.'
				: 'The backup held no keys: put DATA_DIR/keys (or MASTER_KEY) back by hand.'
		);
	}
};
