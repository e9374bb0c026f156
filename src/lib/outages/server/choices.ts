import { wardsOf } from '../../geography/server/index.ts';
import type { Actor } from '../../identity/permissions.ts';
import { serviceWords } from '../../issues/server/index.ts';
import type { Db } from '../../platform/server/db.ts';
import { ownServices } from './find.ts';

/** What somebody who writes an outage can choose: the services that are theirs by group, and wards. */
export async function composerChoices(
	db: Db,
	actor: Actor,
	municipalityId: string,
	now = new Date()
) {
	const own = (await ownServices(db, actor, municipalityId)).filter(
		(service) => service.active && !service.private
	);
	const wards = await wardsOf(db, municipalityId, now);
	const inOrder = own.toSorted((a, b) => a.position - b.position);
	return {
		groups: [...Map.groupBy(inOrder, ({ group }) => group)].map(([group, services]) => ({
			name: serviceWords(group),
			services: services.map(({ code, name }) => [code, serviceWords(name)] as const)
		})),
		wards: wards.map(({ code, number, areas }) => ({ code, number, areas: areas.slice(0, 3) }))
	};
}
