import { writeBackup } from '../backup/write.ts';
import { readArgs, type Command } from '../command.ts';

export const backup: Command = {
	name: 'backup',
	usage: 'backup FILE',
	help: 'Writes the whole database, waiting jobs and the photos on disk to one compressed file, without pg_dump. With BACKUP_PASSPHRASE set it also holds the keys, encrypted with it; otherwise it says that it does not.\n  BACKUP_PASSPHRASE=… npm run admin -- backup imbizo-2026-11-24.backup',
	secrets: ['BACKUP_PASSPHRASE'],
	async run(args, { database, config, print, path, env }) {
		const [file] = readArgs(args).rest;
		if (!file) throw new Error('Which file? backup FILE');
		const passphrase = env.BACKUP_PASSPHRASE;
		if (passphrase !== undefined && passphrase.length < 12)
			throw new Error('BACKUP_PASSPHRASE: take at least 12 characters');

		const { rows, tables, photos } = await writeBackup(database, config, path(file), passphrase);
		print(`${rows} rows of ${tables} tables and ${photos} photo files are in ${file}.`);
		print(
			passphrase
				? 'The keys are in it, encrypted with the passphrase.'
				: 'The keys are NOT in it: without DATA_DIR/keys (or MASTER_KEY) names and contacts cannot be read again. Keep them apart, or set BACKUP_PASSPHRASE.'
		);
	}
};
