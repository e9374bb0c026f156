import { standings, type Standing } from '#lib/commitments/rules.ts';
import { listCommitments, officesFor, tallyCommitments } from '#lib/commitments/server/index.ts';

export async function load({ locals, url }) {
	const { db, actor, municipality } = locals;
	const now = new Date();
	const offices = await officesFor(db, actor, municipality.id);
	const office = offices.find(({ key }) => key === url.searchParams.get('office')) ?? offices[0];
	const asked = url.searchParams.get('state') as Standing;
	const standing = standings.includes(asked) ? asked : undefined;
	if (!office) return { offices, office: null, list: [], tally: null, standing, now };

	const filter =
		office.kind === 'ward'
			? { wardCode: office.wardCode }
			: office.kind === 'department'
				? { departmentId: office.departmentId }
				: {};
	return {
		offices,
		office,
		list: await listCommitments(db, municipality.id, { ...filter, standing }, { limit: 200 }, now),
		tally: await tallyCommitments(db, municipality.id, filter, now),
		standing,
		now
	};
}
