import { randomUUID } from 'node:crypto';
import { building } from '$app/environment';
import {
	error,
	isHttpError,
	redirect,
	type Handle,
	type HandleServerError,
	type ServerInit
} from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import { access, type Door } from './access.ts';
import { listenForCommands } from './admin/socket.ts';
import { boot, shutDown, stopInTime, workHere } from './boot.ts';
import { settleDemo, stopTelling, tellOn } from './demo/index.ts';
import { holds, isStaff, needsSecondFactor, type Actor } from '#lib/identity/permissions.ts';
import { basemapOf, layBasemap, liftBasemap } from '#lib/geography/server/index.ts';
import { chooseLanguage } from '#lib/i18n/choose.ts';
import { m, tagOf } from '#lib/i18n/index.ts';
import { speak } from '#lib/i18n/server/index.ts';
import { hasSecondFactor, isRecent, municipalityById } from '#lib/identity/server/index.ts';
import { readConfig } from '#lib/platform/server/config.ts';
import { isDatabaseAway, type Database } from '#lib/platform/server/db.ts';
import { log } from '#lib/platform/server/log.ts';
import { awayPage } from '#lib/web/away-page.ts';
import { compress } from '#lib/web/compress.ts';
import { openFront } from '#lib/web/front.ts';
import { keepPage } from '#lib/web/keep-page.ts';
import { languageOf } from '#lib/web/language.ts';
import { keepDevice, readDevice, readReceipts } from '#lib/web/device.ts';
import { findMunicipality } from '#lib/web/municipality.ts';
import { dropNulOfForm, hasNul } from '#lib/web/no-nul.ts';
import { refusedPage } from '#lib/web/refused-page.ts';
import { allowPictures } from '#lib/web/allow-pictures.ts';
import { readNetwork } from '#lib/web/network.ts';
import { readerHeader, readerMark, wasSomebodyElse } from '#lib/web/reader.ts';
import { isProven, proofFor, signForms } from '#lib/web/origin-proof.ts';
import { rememberForm } from '#lib/web/remember-form.ts';
import { readSession } from '#lib/web/session-cookie.ts';
import { count } from '#lib/web/metrics.ts';
import { unproven } from '#lib/web/unproven.ts';
import { factorFirst, isWeighty } from '#lib/web/weighty.ts';

let database: Database;

export const init: ServerInit = async () => {
	if (building) return;

	const config = readConfig();
	database = await boot(config);
	await settleDemo(database, config);
	await layBasemap(config);
	const closeFront = await openFront(database);
	if (config.PROCESS !== 'web') await workHere(database);

	const stopListening =
		database.kind === 'embedded' ? listenForCommands(database, config) : () => {};
	if (config.DEMO_STORY === 'year') tellOn(database.db);
	process.once('sveltekit:shutdown', async () => {
		stopInTime();
		stopListening();
		await closeFront();
		await stopTelling();
		await liftBasemap();
		await shutDown(database);
	});
	log.info({ database: database.kind }, 'ready');
};

/** One line a request, without addresses or words; the answer carries the number to quote. */
const observe: Handle = async ({ event, resolve }) => {
	const started = performance.now();
	event.locals.requestId = randomUUID().slice(0, 8);
	const response = await resolve(event);
	const ms = Math.round(performance.now() - started);
	count(event.route.id, event.request.method, response.status, ms / 1000);
	log.info(
		{
			id: event.locals.requestId,
			method: event.request.method,
			route: event.route.id,
			status: response.status,
			ms
		},
		'request'
	);
	return response;
};

/** Until we know who asks, their browser says in which language; so do the pages of what we refuse. */
const greet: Handle = async ({ event, resolve }) => {
	if (building) return resolve(event);
	const { cookies, request } = event;
	const cookie = cookies.get('lang');
	const header = request.headers.get('accept-language');
	try {
		return await speak(chooseLanguage({ cookie, header }), () => resolve(event));
	} catch (reason) {
		const page = request.headers.get('accept')?.includes('text/html');
		if (!isHttpError(reason) || !page) throw reason;
		return speak(languageOf(event), () => refusedPage(reason.status, reason.body.message));
	}
};

/** A database that is away for a minute costs nobody their words. */
const survive: Handle = async ({ event, resolve }) => {
	const form = event.request.method === 'POST' && isForm(event.request);
	if (form) rememberForm(event.request);
	try {
		return await resolve(event);
	} catch (reason) {
		if (!isDatabaseAway(reason)) throw reason;
		log.error({ id: event.locals.requestId, err: reason }, 'database away');
		return awayPage(event.url, form ? event.request : null);
	}
};

const isForm = ({ headers }: Request) =>
	/^(application\/x-www-form-urlencoded|multipart\/form-data)/.test(
		headers.get('content-type') ?? ''
	);

const identify: Handle = async ({ event, resolve }) => {
	if (building) return resolve(event);

	if (hasNul(event.url)) error(400, m.about_spoilt());
	dropNulOfForm(event.request);
	const { locals } = event;
	locals.db = database.db;
	// Whoever watches the process asks without a database.
	if (event.route.id === '/healthz' || event.route.id === '/readyz') return resolve(event);
	// Streets are the same for everybody, and a map asks for twenty pieces of them at once.
	if (event.route.id === '/(public)/tiles/[z]/[x]/[y]') return resolve(event);

	locals.visitor = await readSession(event);
	locals.municipality = await findMunicipality(event);
	locals.receipts = readReceipts(event);
	locals.device = readDevice(event);
	locals.network = readNetwork(event);
	return resolve(event);
};

/** Everything after this is said in the language of whoever asks; pages say which one it is. */
const inTheirLanguage: Handle = ({ event, resolve }) => {
	const language = building ? 'en' : languageOf(event);
	return speak(language, () =>
		resolve(event, {
			transformPageChunk: ({ html }) => html.replace('%lang%', tagOf(language))
		})
	);
};

/**
 * Browsers that say nothing of where a form came from get it back from our own page: every form of
 * theirs carries a proof bound to their cookie, and without it is refused like any other site's.
 */
const prove: Handle = async ({ event, resolve }) => {
	const { request, url, locals } = event;
	if (building || !locals.device || request.headers.has('sec-fetch-site')) return resolve(event);
	// From an address without a query such browsers say where they were: most pages stay the same for all.
	if (request.method === 'GET' && !url.search) return resolve(event);

	const now = new Date();
	const form = changing.has(request.method) && !isJson(request);
	if (form && request.headers.has(unproven) && !isProven(url, locals.device, now))
		error(403, m.about_not_our_page());
	return resolve(event, {
		transformPageChunk({ html }) {
			if (!/method="post"/i.test(html)) return html;
			keepDevice(event);
			return signForms(html, url.search, proofFor(locals.device, now));
		}
	});
};

const changing = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Another site cannot send this without asking first (CORS), so it needs no proof. */
const isJson = (request: Request) =>
	request.headers.get('content-type')?.startsWith('application/json') ?? false;

const doorOf = (routeId: string | null): Door =>
	routeId === null ? 'anyone' : (access as Record<string, Door>)[routeId];

const guard: Handle = async ({ event, resolve }) => {
	const door = doorOf(event.route.id);
	const { visitor } = event.locals;
	if (wasSomebodyElse(event.request, visitor)) error(409, m.offline_other_reader());

	if (door === 'anyone' || door === 'machine') return resolve(event);
	if (door === 'nobody') error(404, m.shell_not_found());
	if (!visitor) return askToSignIn(event.url, event.request);
	if (door === 'staff' ? !isStaff(visitor) : door !== 'signed_in' && !holds(visitor, door))
		error(404, m.shell_not_found());
	if (door !== 'signed_in' && needsSecondFactor(visitor) && !visitor.session.secondFactorAt)
		redirect(303, `/account/second-factor?next=${encodeURIComponent(event.url.pathname)}`);

	if (isWeighty(event.route.id, event.request.method, event.url))
		await askForFactor(event.locals, visitor, event.request.method, event.url);

	event.locals.actor = visitor;
	if (event.route.id?.startsWith('/office')) await comeHome(event.locals);
	return resolve(event);
};

/** A weighty deed waits for a second factor that was just shown, where the person has one. */
async function askForFactor({ db }: App.Locals, visitor: Actor, method: string, url: URL) {
	if (isRecent(visitor) || !(await hasSecondFactor(db, visitor.id))) return;
	const { status, to } = factorFirst(method, url);
	redirect(status, to);
}

/** Whoever looked at a neighbour's pages comes back to their own municipality in the office. */
async function comeHome(locals: App.Locals) {
	const { id, districtId } = locals.municipality;
	const mine = locals.actor.grants.map(({ municipalityId }) => municipalityId);
	if (mine.includes(id) || (districtId && mine.includes(districtId))) return;
	const own = await municipalityById(locals.db, mine[0]);
	if (own) locals.municipality = own;
}

function askToSignIn(url: URL, request: Request): never | Response {
	const page = request.headers.get('accept')?.includes('text/html') ?? true;
	if (!page && url.pathname.startsWith('/api/'))
		return new Response('Sign in first', { status: 401 });
	redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname + url.search)}`);
}

const hasMap = /^\/\(public\)\/(map|report)$/;

/** What every answer carries, whoever asks. */
const protect: Handle = async ({ event, resolve }) => {
	const response = await resolve(event);
	response.headers.set('x-content-type-options', 'nosniff');
	response.headers.set('referrer-policy', 'same-origin');
	response.headers.set('x-frame-options', 'DENY');
	response.headers.set('permissions-policy', 'geolocation=(self), camera=(self), microphone=()');
	if (hasMap.test(event.route.id ?? '')) allowPictures(response.headers, basemapOf()?.origin);
	if (event.locals.visitor) response.headers.set(readerHeader, readerMark(event.locals.visitor));
	if (event.locals.visitor && !response.headers.has('cache-control'))
		response.headers.set('cache-control', 'private, no-store');
	return response;
};

export const handle = sequence(
	observe,
	compress,
	keepPage,
	protect,
	greet,
	survive,
	identify,
	inTheirLanguage,
	prove,
	guard
);

export const handleError: HandleServerError = ({ error: fault, event, status, message }) => {
	if (status >= 500)
		log.error({ id: event.locals.requestId, route: event.route.id, err: fault }, 'fault');
	return {
		message: status >= 500 ? m.about_broke_message() : message,
		reference: status >= 500 ? event.locals.requestId : undefined
	};
};
