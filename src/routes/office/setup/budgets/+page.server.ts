import * as v from 'valibot';
import { budgetBook, decideBudgets, markOf } from '#lib/delivery/server/index.ts';
import { centsOf } from '#lib/platform/money.ts';
import { mustReach } from '#lib/web/must-reach.ts';
import { submit } from '#lib/web/submit.ts';

export async function load({ locals, url }) {
	mustReach(locals, 'budget.manage');
	const book = await budgetBook(locals.db, locals.municipality.id);
	return { book, seen: markOf(book), saved: url.searchParams.has('saved') };
}

const money = (what: string) =>
	v.pipe(
		v.optional(v.string(`${what}: an amount in rand`), ''),
		v.check((text) => text === '' || centsOf(text) !== null, `${what}: write it like 1250.00`),
		v.transform((text) => (text === '' ? null : centsOf(text)))
	);
const number = (what: string) =>
	v.pipe(
		v.optional(v.string(`${what}: a number`), ''),
		v.regex(/^(\d{1,8})?$/, `${what}: a whole number of parts, or nothing`),
		v.transform((text) => (text === '' ? null : Number(text)))
	);

const keyOf = (departmentId: string | null) => departmentId ?? 'all';

export const actions = {
	async default({ request, locals: { db, actor, municipality } }) {
		const { lines } = await budgetBook(db, municipality.id);
		const schema = v.object({
			seen: v.string(),
			price: money('The price'),
			...Object.fromEntries(
				lines.flatMap(({ departmentId, name }) => [
					[`cents-${keyOf(departmentId)}`, money(name)],
					[`segments-${keyOf(departmentId)}`, number(name)]
				])
			)
		}) as unknown as v.GenericSchema<unknown, Record<string, number | null> & { seen: string }>;
		return submit(
			request,
			schema,
			(fields) =>
				decideBudgets(db, actor, {
					municipalityId: municipality.id,
					perThousand: fields.price ?? 0,
					limits: lines.map(({ departmentId }) => ({
						departmentId,
						cents: fields[`cents-${keyOf(departmentId)}`],
						segments: fields[`segments-${keyOf(departmentId)}`]
					})),
					seen: fields.seen
				}),
			'/office/setup/budgets?saved'
		);
	}
};
