import { installationChain, verifyAudit } from '#lib/audit/server/index.ts';
import { verifyCases } from '#lib/cases/server/index.ts';
import { activeMunicipalities, municipalityById } from '#lib/identity/server/index.ts';
import type { Command } from '../command.ts';

export const verify: Command = {
	name: 'verify-audit',
	usage: 'verify-audit',
	help: 'Walks every audit chain and the chain of every case from its first link to its head, and names the first broken link. Exit code 1 when one is broken.\n  npm run admin -- verify-audit',
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
		let broken = reports.some((report) => report.broken);
		for (const { id, code } of await activeMunicipalities(database.db)) {
			const { cases, events, broken: fault } = await verifyCases(database.db, id);
			broken ||= Boolean(fault);
			print(
				fault
					? `${code} cases: BROKEN in ${fault.reference} at event ${fault.seq}: ${fault.reason}`
					: `${code} cases: ${cases} with ${events} events, whole`
			);
		}
		return broken ? 1 : 0;
	}
};
