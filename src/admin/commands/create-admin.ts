import { inviteFirstAdmin, municipalityByCode } from '#lib/identity/server/index.ts';
import { readArgs, type Command } from '../command.ts';

export const createAdmin: Command = {
	name: 'create-admin',
	usage: 'create-admin --municipality CODE --name NAME --email ADDRESS [--district]',
	help: 'Invites the first administrator of a municipality, and prints the link to choose a password by. It works once, for 72 hours; nothing is sent.\n  npm run admin -- create-admin --municipality KHA --name "Chris Majola" --email chris@khanyisa.example\n  npm run admin -- create-admin --municipality DC9 --name "Palesa Venter" --email palesa@district.example --district',
	async run(args, { database, config, print }) {
		const { values, flags } = readArgs(args, {
			values: ['municipality', 'name', 'email'],
			flags: ['district']
		});
		for (const needed of ['municipality', 'name', 'email'])
			if (!values[needed]) throw new Error(`Give --${needed}`);
		const municipality = await municipalityByCode(database.db, values.municipality);
		if (!municipality) throw new Error(`No municipality ${values.municipality} is served here`);
		if (flags.has('district') && municipality.kind !== 'C')
			throw new Error(`${municipality.name} is not a district municipality`);

		const role = flags.has('district') ? 'district_admin' : 'admin';
		let token = '';
		await inviteFirstAdmin(
			database.db,
			{ municipality, name: values.name, email: values.email, role },
			async (_tx, sent) => {
				token = sent.token;
			}
		);
		const origin = config.ORIGIN ?? `http://localhost:${config.PORT}`;
		print(`${origin}/sign-in/invitation/${token}`);
		print('This link works once and for 72 hours. Give it to nobody else.');
	}
};
