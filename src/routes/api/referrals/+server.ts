import { takeLetter } from '#lib/referral/server/index.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { boundedText } from '#lib/web/bounded-text.ts';
import { answerMachine } from '#lib/web/machine-json.ts';

const longest = 64 * 1024;

/** A signed letter of another installation about one case: docs/referral.md. */
export const POST = ({ request, locals }) =>
	answerMachine(async () => {
		const body = await boundedText(request, longest);
		if (body === null) throw new Refusal(413, 'This is longer than any letter.');
		await takeLetter(locals.db, body, request.headers.get('imbizo-signature') ?? '');
		return new Response(null, { status: 204 });
	});
