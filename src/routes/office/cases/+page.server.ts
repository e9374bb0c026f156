import { fail } from '@sveltejs/kit';
import { colleagues, doBulk, type BulkFacts } from '#lib/cases/server/index.ts';
import { wardsOf } from '#lib/geography/server/index.ts';
import { grantsFor, holds } from '#lib/identity/permissions.ts';
import { departmentsOf } from '#lib/identity/server/index.ts';
import { queuePage, queueCounts, queueTotal, servicesOf } from '#lib/issues/server/index.ts';
import { readQueue } from '#lib/issues/queue.ts';
import { isId, newId } from '#lib/platform/ids.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { officeMunicipality } from '#lib/web/office.ts';

export async function load({ locals, url }) {
	const { db, actor } = locals;
	const municipalityId = officeMunicipality(locals);
	const filters = readQueue(url.searchParams);
	const departments = await departmentsOf(db, municipalityId);
	return {
		filters,
		page: await queuePage(db, actor, municipalityId, filters, {
			after: url.searchParams.get('after')
		}),
		total: await queueTotal(db, actor, municipalityId, filters),
		counts: await queueCounts(db, actor, municipalityId),
		wards: (await wardsOf(db, municipalityId)).map(({ code, number }) => ({ code, number })),
		services: (await servicesOf(db, municipalityId)).map(({ id, name }) => ({ id, name })),
		departments: departments.filter(({ active }) => active).map(({ id, name }) => ({ id, name })),
		team: await teamOf(locals, municipalityId, departments),
		bulk: holds(actor, 'case.bulk'),
		chosen: url.searchParams.get('choose') === 'all',
		deed: newId()
	};
}

/** Whom this person may hand work to: their departments, or all where they reach the whole municipality. */
function teamOf({ db, actor }: App.Locals, municipalityId: string, all: Array<{ id: string }>) {
	const reach = grantsFor(actor, 'case.assign');
	const departmentIds = reach.some((each) => each.reach === 'municipality')
		? all.map(({ id }) => id)
		: reach.flatMap(({ grant }) => grant.departmentId ?? []);
	return colleagues(db, { municipalityId, departmentIds });
}

const bulk =
	(deed: BulkFacts['deed']) =>
	async ({ request, locals }: { request: Request; locals: App.Locals }) => {
		const form = await request.formData();
		const text = (name: string) => String(form.get(name) ?? '');
		const id = (name: string) => (isId(text(name)) ? text(name) : null);
		const ids = form.getAll('case').map(String).filter(isId);
		try {
			const result = await doBulk(locals.db, locals.actor, ids, {
				deed,
				words: text('words'),
				departmentId: deed === 'reroute' ? id('department') : null,
				assigneeId: deed === 'assign' ? id('assignee') : null,
				deedId: id('deed') ?? newId()
			});
			return { deed, ...result };
		} catch (reason) {
			if (!(reason instanceof Refusal)) throw reason;
			return fail(reason.status, { refusal: reason.message, field: reason.field, ids });
		}
	};

export const actions = {
	assign: bulk('assign'),
	acknowledge: bulk('acknowledge'),
	reroute: bulk('reroute')
};
