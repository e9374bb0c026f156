import { departmentsOf } from '#lib/identity/server/index.ts';

/** Whom one can call, write to or visit. */
export async function load({ locals: { db, municipality } }) {
	const all = await departmentsOf(db, municipality.id);
	return {
		emergencyNumbers: municipality.emergencyNumbers,
		contact: municipality.contact,
		departments: all.filter(({ active, kind }) => active && kind === 'department'),
		others: all.filter(({ active, kind }) => active && kind === 'entity')
	};
}
