import { auditFile } from '#lib/audit/server/index.ts';
import { sayDeed } from '#lib/audit/wording.ts';
import { ask } from '#lib/web/attempt.ts';
import { auditQuestion } from '#lib/web/audit-question.ts';
import { csvFile } from '#lib/web/csv.ts';

/** The audit log as a file, with the filters of the page. */
export async function GET({ locals: { db, actor, municipality }, url }) {
	const entries = await ask(async () =>
		auditFile(db, actor, { municipalityId: municipality.id, asked: auditQuestion(url) })
	);
	return csvFile(`${municipality.code}-audit`, entries, {
		Link: ({ seq }) => seq,
		When: ({ at }) => at,
		Who: ({ who }) => who,
		'In place of': ({ insteadOf }) => insteadOf ?? '',
		'Their id': ({ actorId }) => actorId,
		'Did what': ({ deed }) => sayDeed(deed),
		Deed: ({ deed }) => deed,
		Thing: ({ thing }) => thing,
		'Its id': ({ thingId }) => thingId,
		Details: ({ details }) => JSON.stringify(details)
	});
}
