import { budgetBook } from '#lib/delivery/server/index.ts';
import { randText } from '#lib/platform/money.ts';
import { csvFile } from '#lib/web/csv.ts';
import { mustReach } from '#lib/web/must-reach.ts';

/** What SMS cost this month and what they may cost, as a file. */
export async function GET({ locals }) {
	mustReach(locals, 'budget.manage');
	const { db, municipality } = locals;
	const { lines, month } = await budgetBook(db, municipality.id);
	const limit = (cents: number | null) => (cents === null ? '' : randText(cents));
	return csvFile(`${municipality.code}-sms-${month}`, lines, {
		Whose: ({ name }) => name,
		'Rand a month': ({ budget }) => limit(budget.cents),
		'Parts a month': ({ budget }) => budget.segments,
		'Rand spent': ({ spend }) => randText(spend.millicents / 1000),
		'Parts spent': ({ spend }) => spend.segments,
		'Of them emergencies and codes': ({ spend }) => spend.exemptSegments,
		'Not sent': ({ refused }) => refused
	});
}
