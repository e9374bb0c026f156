import { templateOf } from '#lib/alerts/templates.ts';
import {
	alertForOffice,
	doorsOf,
	endCall,
	helpQueue,
	knock,
	openRegister,
	reachOf,
	takeCall
} from '#lib/alerts/server/index.ts';
import { can } from '#lib/identity/permissions.ts';
import { isId } from '#lib/platform/ids.ts';
import { notFound } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { ask, attempt } from '#lib/web/attempt.ts';

export async function load({ locals: { db, actor, municipality }, params, url }) {
	const now = new Date();
	return await ask(async () => {
		if (!isId(params.alert)) throw notFound();
		const row = await alertForOffice(db, actor, municipality.id, params.alert);
		const asked = {
			page: Number(url.searchParams.get('page')) || 1,
			othersFirst: url.searchParams.has('others')
		};
		const answers = can(actor, 'help.answer', { municipalityId: municipality.id });
		return {
			now,
			alert: {
				id: row.id,
				number: row.number,
				state: row.state,
				version: row.version,
				place: row.slots.place,
				issuedAt: row.issuedAt,
				liveAt: row.liveAt,
				name: templateOf(row.template).name
			},
			reach: await reachOf(db, actor, row, now),
			asked,
			calls: answers ? await helpQueue(db, actor, municipality.id, row.incidentId, asked) : null,
			doors: answers ? await doorsOf(db, actor, municipality.id, row.incidentId) : null
		};
	});
}

type Deed = (
	db: Db,
	actor: Actor,
	at: { municipalityId: string; id: string },
	form: FormData
) => Promise<unknown>;

/** One deed with the call or door the form names, then the page again. */
const act =
	(deed: Deed, place: string) =>
	async ({
		locals: { db, actor, municipality },
		params,
		request
	}: {
		locals: App.Locals;
		params: { alert: string };
		request: Request;
	}) => {
		const form = await request.formData();
		return await attempt(
			form,
			async () => {
				const id = String(form.get('id'));
				if (!isId(id)) throw notFound();
				await deed(db, actor, { municipalityId: municipality.id, id }, form);
			},
			`/office/alerts/${params.alert}/monitor#${place}`
		);
	};

export const actions = {
	take: act((db, actor, at) => takeCall(db, actor, at), 'calls'),
	end: act(
		(db, actor, at, form) => endCall(db, actor, { ...at, ending: form.get('ending') }),
		'calls'
	),
	open_register: async ({ locals: { db, actor, municipality }, params, request }) =>
		attempt(
			await request.formData(),
			async () => {
				if (!isId(params.alert)) throw notFound();
				const { incidentId } = await alertForOffice(db, actor, municipality.id, params.alert);
				await openRegister(db, actor, { municipalityId: municipality.id, incidentId });
			},
			`/office/alerts/${params.alert}/monitor#doors`
		),
	door: act((db, actor, at, form) => knock(db, actor, { ...at, done: form.has('done') }), 'doors')
};
