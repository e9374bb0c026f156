import { noteSeen } from '#lib/delivery/server/index.ts';
import { answerMachine, readJson } from '#lib/web/machine-json.ts';

/** A phone says what became of a push: `{ told, stage }`, with the mark that came in it and no session. */
export const POST = ({ request, locals: { db, network } }) =>
	answerMachine(async () => {
		const { told, stage } = (await readJson(request)) as Record<string, unknown>;
		await noteSeen(db, { network }, { told, stage });
		return new Response(null, { status: 204 });
	});
