import { isDemo, settleDemo } from '../../demo/index.ts';
import type { Command } from '../command.ts';

export const demo: Command = {
	name: 'demo',
	usage: 'demo',
	help: "Tells the demonstration's story into an empty database; refused where anything lives already.\n  npm run admin -- demo",
	async run(_, { database, config, print }) {
		await settleDemo(database, { ...config, DEMO: true });
		if (!isDemo())
			throw new Error('This database is not empty: the demonstration needs one of its own');
		print('Khanyisa is settled. Start the server with DEMO=1 and open /demo.');
	}
};
