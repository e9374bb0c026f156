import { installationChain, verifyAudit } from '#lib/audit/server/index.ts';
import { municipalityById } from '#lib/identity/server/index.ts';
import type { Command } from '../command.ts';

export const verify: Command = {
	name: 'verify-audit',
	usage: 'verify-audit',
	help: 'Walks every audit chain from its first link to its head, and names the first broken link. Exit code 1 when one is broken.\n  npm run admin -- verify-audit',
	async run(_, { database, print }) {
		const reports = await verifyAudit(database.db);
		for (const { municipalityId, entries, broken } of reports) {
			const name =
				municipalityId === installationChain
					? 'installation'
					: ((await municipalityById(database.db, municipalityId))?.code ?? municipalityId);
			print(
				broken
					? `${name}: BROKEN at link ${broken.seq}: ${broken.reason}`
					: `${name}: ${entries} links, whole`
			);
		}
		if (reports.length === 0) print('Nothing has been recorded yet.');
		return reports.some(({ broken }) => broken) ? 1 : 0;
	}
};
