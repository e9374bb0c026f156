import { migrate } from '#lib/platform/server/db.ts';
import type { Command } from '../command.ts';

export const migrateCommand: Command = {
	name: 'migrate',
	usage: 'migrate',
	help: 'Applies the migrations that are missing, as the owner (MIGRATE_DATABASE_URL, or else DATABASE_URL). The embedded database is migrated whenever it is opened.\n  npm run admin -- migrate',
	async run(_, { config, database, print }) {
		const owner = config.MIGRATE_DATABASE_URL ?? config.DATABASE_URL;
		if (owner && database.kind === 'postgres') await migrate(owner);
		print('The database is up to date.');
	}
};
