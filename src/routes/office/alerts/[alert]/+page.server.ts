import { Refusal, notFound } from '#lib/platform/refusal.ts';
import { isId, newId } from '#lib/platform/ids.ts';
import { waited } from '#lib/alerts/rules.ts';
import { templateOf } from '#lib/alerts/templates.ts';
import {
	alertForOffice,
	approveAlert,
	approversOf,
	areaMap,
	arrival,
	breakGlass,
	checkZone,
	fastTrack,
	previewOf,
	rejectAlert,
	retractAlert,
	retryAlert,
	returnAlert,
	startAllClear,
	startUpdate,
	submitAlert,
	takeBack,
	whatMayBeDone,
	zonesOf,
	type OfficeAlert
} from '#lib/alerts/server/index.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { ask, attempt } from '#lib/web/attempt.ts';
import { zoneChecksOf } from '#lib/web/alert-form.ts';
import { deedOf } from '#lib/web/deed.ts';

/** What the page shows of it; shapes and frozen texts travel in the preview. */
const fieldsShown = (row: OfficeAlert) => ({
	id: row.id,
	incidentId: row.incidentId,
	number: row.number,
	version: row.version,
	kind: row.kind,
	capStatus: row.capStatus,
	state: row.state,
	gazette: row.gazette,
	expiresAt: row.expiresAt,
	nextUpdateAt: row.nextUpdateAt,
	submittedAt: row.submittedAt,
	submittedByName: row.submittedByName,
	escalatedAt: row.escalatedAt,
	pagedIds: row.pagedIds,
	approvedByName: row.approvedByName,
	breakGlassBy: row.breakGlassBy,
	fastTrackBy: row.fastTrackBy,
	issuedAt: row.issuedAt,
	liveAt: row.liveAt,
	heldWhy: row.heldWhy,
	returnedWhy: row.returnedWhy,
	revision: row.revision,
	history: row.history.map(({ id, what, byName, why, at }) => ({ id, what, byName, why, at })),
	versions: row.versions
});

/** A draft is shown as it would arrive now; what was submitted as it was frozen. */
async function shownOf(db: Db, row: OfficeAlert, now: Date) {
	const preview = await previewOf(db, row, now);
	if (!row.content) return await arrival(db, row.municipalityId, preview, now);
	const { texts, correction, area, places } = row.content;
	const frozen = await arrival(
		db,
		row.municipalityId,
		{ ...preview, texts, correction, names: places, checks: [] },
		now
	);
	return { ...frozen, map: await areaMap(db, row.municipalityId, area, now) };
}

export async function load({ locals: { db, actor, municipality }, params, url }) {
	const now = new Date();
	return await ask(async () => {
		if (!isId(params.alert)) throw notFound();
		const row = await alertForOffice(db, actor, municipality.id, params.alert);
		return {
			now,
			kept: url.searchParams.has('kept'),
			alert: fieldsShown(row),
			template: templateOf(row.template),
			waited: Math.round(waited(row, now) / 1000),
			arrival: await shownOf(db, row, now),
			may: await whatMayBeDone(db, actor, row, now),
			zones: row.liveAt ? await zonesOf(db, municipality.id, row.incidentId) : [],
			approvers: row.state === 'pending' ? await approversOf(db, municipality.id, now) : [],
			draftId: newId()
		};
	});
}

type Deed = (
	db: Db,
	actor: Actor,
	at: { municipalityId: string; id: string; revision?: number; why: string }
) => Promise<unknown>;

const understood = (form: FormData) => {
	if (!form.has('understood'))
		throw new Refusal(400, 'Say that you understand how many people it reaches.', 'understood');
};

/** One deed with this alert, then the page again as it stands afterwards. */
const act =
	(deed: Deed, before: (form: FormData) => void = () => {}) =>
	async ({
		locals,
		params,
		request
	}: {
		locals: App.Locals;
		params: { alert: string };
		request: Request;
	}) => {
		const { db, actor, municipality } = locals;
		const form = await request.formData();
		const at = {
			municipalityId: municipality.id,
			id: params.alert,
			revision: Number(form.get('revision')) || undefined,
			why: String(form.get('why') ?? '')
		};
		return await attempt(
			form,
			async () => {
				before(form);
				await deed(db, actor, at);
			},
			`/office/alerts/${params.alert}`
		);
	};

export const actions = {
	submit: act(submitAlert),
	takeBack: act(takeBack),
	return: act(returnAlert),
	reject: act(rejectAlert),
	retry: act(retryAlert),
	// One tap: no revision, no reason, no second page.
	retract: act((db, actor, { municipalityId, id }) =>
		retractAlert(db, actor, { municipalityId, id })
	),
	approve: act(approveAlert, understood),
	breakGlass: act(breakGlass, understood),
	fastTrack: act(fastTrack, understood),
	update: async ({ locals: { db, actor, municipality }, params, request }) => {
		const form = await request.formData();
		const draftId = deedOf(form);
		const facts = { municipalityId: municipality.id, id: params.alert, draftId };
		return await attempt(
			form,
			() => startUpdate(db, actor, facts),
			`/office/alerts/${draftId}/edit`
		);
	},
	allClear: async ({ locals: { db, actor, municipality }, params, request }) => {
		const form = await request.formData();
		const draftId = deedOf(form);
		const facts = {
			municipalityId: municipality.id,
			id: params.alert,
			draftId,
			zoneIds: form.getAll('zone').map(String).filter(isId)
		};
		return await attempt(
			form,
			() => startAllClear(db, actor, facts),
			`/office/alerts/${draftId}/edit`
		);
	},
	zone: async ({ locals: { db, actor, municipality }, params, request }) => {
		const form = await request.formData();
		const [zoneId, incidentId] = [String(form.get('zone')), String(form.get('incident'))];
		return await attempt(
			form,
			async () => {
				if (!isId(zoneId) || !isId(incidentId)) throw notFound();
				const checks = zoneChecksOf(form);
				await checkZone(db, actor, { municipalityId: municipality.id, incidentId, zoneId, checks });
			},
			`/office/alerts/${params.alert}#zones`
		);
	}
};
