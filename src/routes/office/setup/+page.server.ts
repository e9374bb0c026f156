import { error } from '@sveltejs/kit';
import { setupDoorsOpenTo } from '#lib/web/setup-doors.ts';

export function load({ locals }) {
	const doors = setupDoorsOpenTo(locals.actor).map(({ path, name, what, icon }) => ({
		path,
		name,
		what,
		icon
	}));
	if (!doors.length) error(404, 'This page does not exist, or it is not yours to see.');
	return { rooms: doors };
}
