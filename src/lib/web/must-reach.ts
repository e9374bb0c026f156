import { error } from '@sveltejs/kit';
import { can, grantsFor, type Permission } from '#lib/identity/permissions.ts';

/**
 * Closes a page on whoever holds the permission somewhere else: the door asks whether they hold it at
 * all, this asks whether they hold it in the municipality whose pages these are.
 */
export function mustReach({ actor, municipality }: App.Locals, permission: Permission) {
	const thing = { municipalityId: municipality.id, districtId: municipality.districtId };
	if (!can(actor, permission, thing))
		error(404, 'This page does not exist, or it is not yours to see.');
}

/** The same for pages that show each person their own part: whoever holds it for one department may enter. */
export function mustReachSomewhere({ actor, municipality }: App.Locals, permission: Permission) {
	const here = grantsFor(actor, permission).some(
		({ grant }) => grant.municipalityId === municipality.id
	);
	if (!here) error(404, 'This page does not exist, or it is not yours to see.');
}
