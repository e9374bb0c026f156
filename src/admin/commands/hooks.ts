import { bounceSecret, hooksOf } from '#lib/delivery/server/index.ts';
import type { Command } from '../command.ts';

export const hooks: Command = {
	name: 'hooks',
	usage: 'hooks',
	help: 'Prints the secret addresses SMS providers report to, and the secret that returned mail is handed in with. Whoever knows them can report in their name.\n  npm run admin -- hooks',
	async run(_, { print }) {
		for (const { gateway, address } of hooksOf()) print(`SMS ${gateway}: ${address}`);
		print(`Returned mail: POST /hooks/mail/bounce, Authorization: Bearer ${bounceSecret()}`);
	}
};
