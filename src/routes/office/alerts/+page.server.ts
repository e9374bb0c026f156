import { templateOf } from '#lib/alerts/templates.ts';
import { alertsForOffice, trainingOf } from '#lib/alerts/server/index.ts';
import { waited } from '#lib/alerts/rules.ts';
import { can } from '#lib/identity/permissions.ts';
import { ask } from '#lib/web/attempt.ts';

export async function load({ locals: { db, actor, municipality } }) {
	const now = new Date();
	const all = await ask(() => alertsForOffice(db, actor, municipality.id));
	const may = (permission: Parameters<typeof can>[1]) =>
		can(actor, permission, { municipalityId: municipality.id });
	return {
		now,
		training: municipality.kind === 'exercise' ? null : await trainingOf(db, actor),
		list: all.map((each) => ({
			...each,
			name: templateOf(each.template).name,
			level: templateOf(each.template).level,
			waited: Math.round(waited(each, now) / 1000)
		})),
		may: {
			compose: may('alert.compose'),
			templates: may('alert.templates') || may('alert.translate') || may('alert.read'),
			places: may('shelter.count'),
			keys: may('alert.keys'),
			roster: may('alert.roster') || may('alert.read')
		}
	};
}
