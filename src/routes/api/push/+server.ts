import { json } from '@sveltejs/kit';
import { pushKey, subscribe, unsubscribe } from '#lib/delivery/server/index.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { answerMachine, readJson } from '#lib/web/machine-json.ts';

/** The key a browser subscribes with. */
export const GET = () => json({ key: pushKey() }, { headers: { 'cache-control': 'no-store' } });

/** Keeps a phone or browser that allowed pushes: `PushSubscription.toJSON()` as it is. */
export const POST = ({ request, locals }) =>
	answerMachine(async () => {
		const sent = await readJson(request);
		const personId = locals.visitor?.id ?? null;
		const { device, network } = locals;
		const id = await subscribe(locals.db, { personId, device, network, sent });
		return json({ id }, { status: 201 });
	});

/** Forgets it: `{ endpoint }`, from the same phone or by the same person. Twice is once. */
export const DELETE = ({ request, locals }) =>
	answerMachine(async () => {
		const { endpoint } = (await readJson(request)) as { endpoint?: unknown };
		if (typeof endpoint !== 'string')
			throw new Refusal(400, 'Say which: the endpoint is missing.', 'endpoint');
		const personId = locals.visitor?.id ?? null;
		await unsubscribe(locals.db, { personId, device: locals.device, endpoint });
		return new Response(null, { status: 204 });
	});
