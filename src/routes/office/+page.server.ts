import { holds } from '#lib/identity/permissions.ts';
import { queueCounts, queuePage } from '#lib/issues/server/index.ts';
import { officeMunicipality } from '#lib/web/office.ts';

/** What waits for this person: their own cases first, then what nobody has taken. */
export async function load({ locals }) {
	const { db, actor } = locals;
	if (!holds(actor, 'case.read')) return { desk: null };
	const municipalityId = officeMunicipality(locals);
	const some = (view: 'mine' | 'nobody') =>
		queuePage(db, actor, municipalityId, { view, sort: 'urgent' }, { size: 6 });
	return {
		desk: {
			// Councillors see cases and take none (Structures Act, Schedule 7, item 10).
			takes: holds(actor, 'case.work') || holds(actor, 'case.assign'),
			counts: await queueCounts(db, actor, municipalityId),
			mine: (await some('mine')).rows,
			nobody: (await some('nobody')).rows
		}
	};
}
