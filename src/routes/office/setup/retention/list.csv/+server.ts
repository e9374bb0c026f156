import { retentionClasses } from '#lib/identity/retention.ts';
import { retentionOf } from '#lib/identity/server/index.ts';
import { retentionDue } from '#lib/issues/server/index.ts';
import { csvFile } from '#lib/web/csv.ts';
import { mustReach } from '#lib/web/must-reach.ts';

/** How long each class of record is kept, as a file. */
export async function GET({ locals }) {
	mustReach(locals, 'retention.manage');
	const { db, municipality } = locals;
	const rules = await retentionOf(db, municipality.id);
	const due = await retentionDue(db, municipality.id, rules);
	return csvFile(`${municipality.code}-retention`, [...retentionClasses], {
		What: ({ name }) => name,
		Months: ({ code }) => rules[code],
		'Counted from': ({ from }) => from,
		'What goes': ({ goes }) => goes,
		'What stays': ({ stays }) => stays,
		'The next run touches': ({ code }) => due[code]
	});
}
