import { isId } from '#lib/platform/ids.ts';
import { wardsOf } from '#lib/geography/server/index.ts';
import { listCommitments, promisersOf, tallyCommitments } from '#lib/commitments/server/index.ts';
import { standings, type Standing } from '#lib/commitments/rules.ts';

const each = 20;

export async function load({ locals, url }) {
	const { db, municipality } = locals;
	const asked = (name: string) => url.searchParams.get(name) ?? '';
	const now = new Date();
	const state = asked('state') as Standing;
	const filter = {
		wardCode: /^\d{8}$/.test(asked('ward')) ? asked('ward') : undefined,
		personId: isId(asked('who')) ? asked('who') : undefined,
		standing: standings.includes(state) ? state : undefined
	};
	const tally = await tallyCommitments(db, municipality.id, filter, now);
	const total = filter.standing ? tally[filter.standing] : tally.all;
	const pages = Math.max(1, Math.ceil(total / each));
	const page = Math.min(pages, Math.max(1, Math.floor(Number(asked('page'))) || 1));
	const [list, promisers, wards] = [
		await listCommitments(
			db,
			municipality.id,
			filter,
			{ limit: each, offset: (page - 1) * each },
			now
		),
		await promisersOf(db, municipality.id),
		await wardsOf(db, municipality.id, now)
	];
	return {
		list,
		tally: { ...tally, all: tally.all },
		total,
		page,
		pages,
		filter,
		promisers,
		wards: wards.map(({ code, number }) => ({ code, number })),
		now
	};
}
