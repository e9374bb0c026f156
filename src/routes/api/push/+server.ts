import { json } from '@sveltejs/kit';
import { pushKey, subscribe, unsubscribe } from '#lib/delivery/server/index.ts';
import { Refusal } from '#lib/platform/refusal.ts';

const mostBytes = 4000;

/** The key a browser subscribes with. */
export const GET = () => json({ key: pushKey() }, { headers: { 'cache-control': 'no-store' } });

/** Keeps a phone or browser that allowed pushes: `PushSubscription.toJSON()` as it is. */
export const POST = ({ request, locals }) =>
	answer(async () => {
		const sent = await read(request);
		const personId = locals.visitor?.id ?? null;
		const { device, network } = locals;
		const id = await subscribe(locals.db, { personId, device, network, sent });
		return json({ id }, { status: 201 });
	});

/** Forgets it: `{ endpoint }`, from the same phone or by the same person. Twice is once. */
export const DELETE = ({ request, locals }) =>
	answer(async () => {
		const { endpoint } = (await read(request)) as { endpoint?: unknown };
		if (typeof endpoint !== 'string')
			throw new Refusal(400, 'Say which: the endpoint is missing.', 'endpoint');
		const personId = locals.visitor?.id ?? null;
		await unsubscribe(locals.db, { personId, device: locals.device, endpoint });
		return new Response(null, { status: 204 });
	});

async function read(request: Request): Promise<unknown> {
	if (!request.headers.get('content-type')?.startsWith('application/json'))
		throw new Refusal(400, 'Send JSON.', 'content-type');
	const text = await request.text();
	if (text.length > mostBytes) throw new Refusal(413, 'This is longer than any subscription.');
	try {
		return JSON.parse(text) ?? {};
	} catch {
		throw new Refusal(400, 'This is not JSON.');
	}
}

/** Problem details (RFC 9457) for what is refused. */
async function answer(deed: () => Promise<Response>): Promise<Response> {
	try {
		return await deed();
	} catch (reason) {
		if (!(reason instanceof Refusal)) throw reason;
		return json(
			{ title: reason.message, status: reason.status, field: reason.field },
			{ status: reason.status, headers: { 'content-type': 'application/problem+json' } }
		);
	}
}
