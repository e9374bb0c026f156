import type { Command } from '../command.ts';

export const migrateCommand: Command = {
	name: 'migrate',
	usage: 'migrate',
	help: 'Applies the migrations and makes the queues that are missing, as the owner (MIGRATE_DATABASE_URL, or DATABASE_URL when that is the owner). The embedded database is migrated whenever it is opened.\n  MIGRATE_DATABASE_URL=postgres://imbizo_owner:…@host/imbizo npm run admin -- migrate',
	// Whoever opens a database as its owner migrates it and makes its queues.
	run: async (_, { print }) => print('The database is up to date.')
};
