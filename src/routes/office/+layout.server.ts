import { roleNames } from '#lib/identity/wording.ts';
import { doorsOpenTo } from '#lib/web/office-doors.ts';

export function load({ locals }) {
	const { actor } = locals;
	const roles = [...new Set(actor.grants.map(({ role }) => roleNames[role]))];
	return {
		doors: doorsOpenTo(actor).map(({ path, name, icon, waiting }) => ({
			path,
			name,
			icon,
			waiting
		})),
		capacity: roles.join(', ')
	};
}
