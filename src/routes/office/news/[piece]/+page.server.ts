import { possibleNewsDeeds, readNewsNumber } from '#lib/noticeboard/rules.ts';
import { toldOf } from '#lib/delivery/server/index.ts';
import { newsToWrite } from '#lib/noticeboard/server/index.ts';
import { ask } from '#lib/web/attempt.ts';

export async function load({ locals, params, url }) {
	const { db, actor, municipality } = locals;
	const piece = await ask(() =>
		newsToWrite(db, actor, municipality.id, readNewsNumber(params.piece) ?? 0)
	);
	return {
		piece,
		told: await toldOf(db, {
			municipalityId: municipality.id,
			subject: 'news',
			subjectId: piece.id
		}),
		deeds: possibleNewsDeeds(piece.state),
		kept: url.searchParams.has('kept'),
		now: new Date()
	};
}
