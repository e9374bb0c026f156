import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { basemapOf, wardsOf } from '#lib/geography/server/index.ts';
import { contactToFill, municipalityByCode, noticeVersion } from '#lib/identity/server/index.ts';
import {
	checkReport,
	joinIssue,
	locate,
	mayCapture,
	reportIssue,
	sameNearby,
	serviceGroupsOf
} from '#lib/issues/server/index.ts';
import type { Problem } from '#lib/issues/rules.ts';
import { joinOutage, knownOutage, usableContacts } from '#lib/outages/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { isLocale, spokenNow, type Locale } from '#lib/i18n/index.ts';
import { languages, type Language } from '#lib/i18n/languages.ts';
import { askerOf } from '#lib/web/asker.ts';
import { keepReceipt } from '#lib/web/device.ts';
import { keepLanguage } from '#lib/web/language.ts';
import { anchorOf, readReport, type SentReport } from './read-report.ts';
import { stagePhotos, type Held } from './stage-photos.ts';

export async function load({ locals, url }) {
	const { db, municipality, visitor } = locals;
	const wards = await wardsOf(db, municipality.id);
	const captures = mayCapture(askerOf(locals), municipality.id);
	const kind = url.searchParams.get('kind') === 'suggestion' ? 'suggestion' : 'issue';
	const address = kind === 'issue' ? '/report' : '/report?kind=suggestion';
	return {
		kind,
		/** Without what else stands in the address: a form sent again must not choose a language again. */
		address,
		keeps: { form: 'report', address: `${address}${kind === 'issue' ? '?' : '&'}speak=` },
		groups: await serviceGroupsOf(db, municipality.id),
		chosen: url.searchParams.get('service') ?? '',
		query: (url.searchParams.get('q') ?? '').slice(0, 80),
		wards: wards.map(({ code, number, areas }) => ({ code, number, areas: areas.slice(0, 3) })),
		ward: url.searchParams.get('ward') ?? '',
		spoken: municipality.languages.map((code) => ({
			code,
			name: languages[code as Language] ?? code
		})),
		language: visitor?.language ?? spokenNow(),
		captures,
		basemap: basemapOf(),
		/** Their own, to be changed or emptied at will; never beside somebody else's report. */
		own: visitor && !captures ? await contactToFill(db, visitor.id) : null,
		notice: noticeVersion,
		clientId: newId()
	};
}

export const actions = {
	default: async (event) => {
		const { request, locals, url } = event;
		const form = await request.formData();
		const municipality = await municipalityOf(form, locals);
		const report = readReport(form, municipality.id);
		const speak = url.searchParams.get('speak');
		if (isLocale(speak)) return showAgain(event, report, speak);
		const heldBack = report.outage
			? await joinTheOutage(event, report, report.outage)
			: report.same
				? await joinTheOther(event, report)
				: null;

		const { held, problems } = await stagePhotos(
			locals.db,
			municipality.id,
			report.tokens,
			report.files
		);
		problems.unshift(...(await problemsOf(locals, report)));
		const show = { sent: { ...report.sent, client_id: report.facts.clientId }, held };
		if (heldBack) return fail(429, { ...show, problems: [heldBack], offer: null });
		if (problems.length) return fail(400, { ...show, problems, offer: null });

		const offer = report.offers ? await offerOthers(locals, report) : null;
		if (offer) return { ...show, problems, offer };
		return send(event, report, held);
	}
};

/** The same form with everything in it, in another language. Nothing is judged yet. */
async function showAgain(event: RequestEvent, report: SentReport, language: Locale) {
	const { locals } = event;
	const { tokens, files, facts, sent } = report;
	keepLanguage(event, language);
	const { held, problems } = await stagePhotos(locals.db, locals.municipality.id, tokens, files);
	const offer = 'mine_is_different' in sent ? await offerOthers(locals, report) : null;
	return { sent: { ...sent, client_id: facts.clientId }, held, problems, offer };
}

/** The form's own field says whose report it is; without one, the page it came from. */
async function municipalityOf(form: FormData, { db, municipality }: App.Locals) {
	const code = form.get('municipality');
	if (typeof code !== 'string' || !code) return municipality;
	return (await municipalityByCode(db, code.slice(0, 10))) ?? municipality;
}

async function problemsOf(locals: App.Locals, { facts }: SentReport): Promise<Problem[]> {
	const { problems } = await checkReport(locals.db, askerOf(locals), facts);
	if (!problems.some(({ field }) => field === 'place' || field === 'ward'))
		try {
			await locate(locals.db, facts, new Date());
		} catch (reason) {
			if (!(reason instanceof Refusal)) throw reason;
			problems.push({ field: reason.field ?? '', message: reason.message });
		}
	return problems.map((problem) => anchorOf(problem, facts.service ?? ''));
}

/**
 * A known outage it lies in, open reports of the same thing, and a ward that is in doubt: asked once,
 * before it is sent.
 */
async function offerOthers({ db }: App.Locals, { facts }: SentReport) {
	const { municipalityId, service, description, answers } = facts;
	const now = new Date();
	const place = await locate(db, facts, now);
	const { point, wardCode } = place;
	const outage =
		facts.kind === 'issue' && service
			? await knownOutage(db, { municipalityId, service, point, wardCode }, now)
			: null;
	const same =
		facts.kind === 'issue' && service
			? await sameNearby(db, { municipalityId, service, point: place.point, description, answers })
			: [];
	const wards = facts.ward || !place.maybeWardCodes.length ? [] : place.maybeWardCodes;
	if (!outage && !same.length && !wards.length) return null;
	return {
		at: now,
		outage,
		same,
		wards: [place.wardCode, ...wards].filter((code) => code !== null)
	};
}

/** Stands behind the other report and goes there; answers only when this phone did so too often. */
async function joinTheOther(event: RequestEvent, { facts, same }: SentReport): Promise<Problem> {
	const { municipalityId, place, anonymous, phone, email } = facts;
	try {
		await joinIssue(event.locals.db, askerOf(event.locals), {
			...{ municipalityId, reference: same, address: place },
			contacts: anonymous ? [] : [phone, email]
		});
	} catch (reason) {
		// Their own, or closed meanwhile: its page says so.
		if (!(reason instanceof Refusal)) throw reason;
		if (reason.status === 404) error(404, reason.message);
		if (reason.status === 429) return { field: '', message: reason.message };
	}
	forgetDraft(event, facts.clientId);
	redirect(303, `/issues/${same}`);
}

/** Counts the household in a known outage and goes there; answers only when this phone did so too often. */
async function joinTheOutage(
	event: RequestEvent,
	{ facts }: SentReport,
	number: number
): Promise<Problem> {
	const { municipalityId, place, anonymous, phone, email, capture } = facts;
	try {
		await joinOutage(event.locals.db, askerOf(event.locals), {
			...{ municipalityId, number, address: place?.slice(0, 200) },
			contacts: anonymous ? [] : usableContacts([phone, email]),
			forCaller: capture !== undefined
		});
	} catch (reason) {
		// It may be over by now: its page says so.
		if (!(reason instanceof Refusal)) throw reason;
		if (reason.status === 404) error(404, reason.message);
		if (reason.status !== 409) return { field: '', message: reason.message };
		redirect(303, `/outages/${number}`);
	}
	forgetDraft(event, facts.clientId);
	redirect(303, `/outages/${number}?joined`);
}

/** Readable by the page: the draft with this id was sent and can be forgotten. */
const forgetDraft = ({ cookies, url }: RequestEvent, clientId: string) =>
	cookies.set('sent', clientId, {
		path: '/report',
		httpOnly: false,
		sameSite: 'lax',
		secure: url.protocol === 'https:',
		maxAge: 7 * 86_400
	});

async function send(event: RequestEvent, { facts, sent }: SentReport, held: Held[]) {
	const { locals } = event;
	let done;
	try {
		done = await reportIssue(locals.db, askerOf(locals), {
			...facts,
			photoIds: held.map(({ id }) => id)
		});
	} catch (reason) {
		if (!(reason instanceof Refusal)) throw reason;
		const problems = [{ field: reason.field ?? '', message: reason.message }];
		return fail(reason.status, { sent, held, problems, offer: null });
	}
	if (done.receipt && !facts.capture) keepReceipt(event, done.receipt);
	forgetDraft(event, facts.clientId);
	redirect(303, `/issues/${done.reference}`);
}
