import { json } from '@sveltejs/kit';
import { Refusal } from '#lib/platform/refusal.ts';

const mostBytes = 4000;

/** The JSON a machine sends, of at most 4 kB. @throws Refusal 400 or 413 for anything else */
export async function readJson(request: Request): Promise<unknown> {
	if (!request.headers.get('content-type')?.startsWith('application/json'))
		throw new Refusal(400, 'Send JSON.', 'content-type');
	const text = await request.text();
	if (text.length > mostBytes) throw new Refusal(413, 'This is longer than anything we expect.');
	try {
		return JSON.parse(text) ?? {};
	} catch {
		throw new Refusal(400, 'This is not JSON.');
	}
}

/** Problem details (RFC 9457) for what is refused. */
export async function answerMachine(deed: () => Promise<Response>): Promise<Response> {
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
