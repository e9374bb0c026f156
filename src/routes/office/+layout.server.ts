import { holds } from '#lib/identity/permissions.ts';
import { municipalityById } from '#lib/identity/server/index.ts';
import { roleNames } from '#lib/identity/wording.ts';
import { queueTotal } from '#lib/issues/server/index.ts';
import { officeMunicipality } from '#lib/web/office.ts';
import { doorsOpenTo } from '#lib/web/office-doors.ts';

export async function load({ locals }) {
	const { actor } = locals;
	const roles = [...new Set(actor.grants.map(({ role }) => roleNames[role]))];
	const open = holds(actor, 'case.read') ? await openCases(locals) : 0;
	return {
		doors: doorsOpenTo(actor).map(({ path, name, icon, waiting }) => ({
			path,
			name,
			icon,
			waiting: path === '/office/cases' ? open : waiting
		})),
		capacity: roles.join(', '),
		home: locals.municipality.kind === 'exercise' ? await homeOf(locals) : null
	};
}

const openCases = (locals: App.Locals) =>
	queueTotal(locals.db, locals.actor, officeMunicipality(locals), { view: 'open', sort: 'oldest' });

/** Where whoever practises works in earnest: the code of that municipality. */
async function homeOf({ db, actor, municipality }: App.Locals): Promise<string | null> {
	const other = actor.grants.find(({ municipalityId }) => municipalityId !== municipality.id);
	return other ? ((await municipalityById(db, other.municipalityId))?.code ?? null) : null;
}
