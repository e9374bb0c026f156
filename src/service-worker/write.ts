import {
	apartFrom,
	idField,
	patienceFor,
	textOf,
	waitingOf,
	type Verb,
	type Waiting
} from '#lib/offline/later.ts';
import { keepWaiting, oneWaiting } from '#lib/offline/outbox.ts';
import { detachPush } from './push-sync.ts';
import { noSignal } from './read.ts';
import { sendLater, sendWaiting, tellPages } from './send.ts';
import { currentReader, forgetPages, localeHere } from './store.ts';
import { escaped, m } from './words.ts';

/** Nobody is home: a proxy whose server is away or restarts. */
const away = new Set([502, 503, 504]);

interface Posted {
	request: Request;
	url: URL;
	event: ExtendableEvent;
	verb: Verb;
}

/** A form that may wait: sent now, or kept on this phone when nobody answers. */
export async function sendOrKeep({ request, url, event, verb }: Posted): Promise<Response> {
	const form = await request.clone().formData();
	const waiting = waitingOf(verb, url, form, {
		reader: await currentReader(),
		madeAt: Date.now()
	});
	const answer = await inTime(request, patienceFor(waiting.fields));
	if (!answer || away.has(answer.status)) return await keep(waiting);
	if (answer.type === 'opaqueredirect') event.waitUntil(settle(waiting));
	return answer;
}

const inTime = (request: Request, patience: number): Promise<Response | null> =>
	Promise.race([
		fetch(request).catch(() => null),
		new Promise<null>((done) => setTimeout(() => done(null), patience))
	]);

/** What was mended on its page and went through: sent once more, the server only confirms it. */
async function settle(waiting: Waiting) {
	const known = await oneWaiting(waiting.id).catch(() => undefined);
	if (!known || known.state === 'sent') return;
	await keepWaiting({ ...waiting, reader: '', madeAt: known.madeAt });
	await sendWaiting();
}

async function keep(fresh: Waiting): Promise<Response> {
	const known = await oneWaiting(fresh.id).catch(() => undefined);
	const waiting = apartFrom(fresh, known);
	try {
		await keepWaiting(waiting).catch(async () => {
			// Pages can be fetched again, somebody's words cannot.
			await forgetPages();
			await keepWaiting(waiting);
		});
	} catch {
		return await noRoom(waiting);
	}
	await sendLater();
	await tellPages();
	return Response.redirect(`/waiting#w-${waiting.id}`, 303);
}

/** The phone is full: the words come back as a form that can be sent again or copied. */
async function noRoom({ verb, action, fields }: Waiting): Promise<Response> {
	const locale = await localeHere();
	const say = (text: string) => escaped(text);
	const own = ['description', 'words', idField(verb)];
	const shown = ['description', 'words'].map((name) => textOf(fields, name)).find(Boolean) ?? '';
	const name = verb === 'report' ? 'description' : 'words';
	const rest = fields
		.filter(([each, value]) => typeof value === 'string' && !own.includes(each))
		.map(([each, value]) => hidden(each, value as string));
	const photos = fields.some(([, value]) => typeof value !== 'string');
	return new Response(
		`<!doctype html><html lang="${locale}"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${say(m.offline_full_title({}, { locale }))}</title><body style="font:17px/1.55 system-ui,sans-serif;max-width:36em;margin:2rem auto;padding:0 1rem"><h1>${say(m.offline_full_title({}, { locale }))}</h1><p>${say(m.offline_full({}, { locale }))}${photos ? ` ${say(m.offline_full_photos({}, { locale }))}` : ''}</p><form method="post" action="${say(action)}" enctype="multipart/form-data">${hidden(idField(verb), textOf(fields, idField(verb)))}${rest.join('')}<textarea name="${name}" rows="10" style="width:100%;font:inherit">\n${say(shown)}</textarea><p><button style="font:inherit;padding:.6em 1em">${say(m.offline_full_again({}, { locale }))}</button></p></form></body></html>`,
		{ status: 507, headers: { 'content-type': 'text/html; charset=utf-8' } }
	);
}

const hidden = (name: string, value: string) =>
	`<textarea name="${escaped(name)}" hidden>\n${escaped(value)}</textarea>`;

/** Signing out, or making the device forget: the pages leave it, whatever the network says. */
export async function forgetFirst({ request, url }: Omit<Posted, 'verb'>): Promise<Response> {
	const answer = await fetch(request).catch(() => null);
	await forgetPages();
	if (answer && url.pathname === '/sign-out') await detachPush();
	return answer ?? (await noSignal());
}
