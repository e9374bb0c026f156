import { keptBy, type Kept } from '#lib/cases/server/index.ts';
import { closeness } from '#lib/clocks/policy.ts';
import { agreementsOf } from '#lib/clocks/server/index.ts';
import { wardsOf } from '#lib/geography/server/index.ts';
import { departmentsOf } from '#lib/identity/server/index.ts';
import { servicesNamed } from '#lib/issues/server/index.ts';
import { proportion } from '#lib/platform/proportion.ts';
import { days, later } from '#lib/platform/time.ts';

/** The promises as they stand, and how those of the last year were kept. */
export async function load({ locals }) {
	const { db, municipality } = locals;
	const now = new Date();
	const since = later(now, -days(365));
	const services = await servicesNamed(db, municipality.id);
	const agreements = await agreementsOf(db, { municipalityId: municipality.id });
	const departments = await departmentsOf(db, municipality.id);
	const wards = await wardsOf(db, municipality.id, now);

	const shown = ({ id, kept, missed, claimed, confirmed }: Kept) => ({
		id,
		...proportion(kept, kept + missed),
		closed: proportion(confirmed, claimed)
	});
	const byDepartment = (await keptBy(db, municipality.id, 'department', since, now)).map(shown);
	const byWard = (await keptBy(db, municipality.id, 'ward', since, now)).map(shown);
	return {
		since,
		promises: agreements
			.map(({ serviceId, wardCodes, priority, segment, acknowledge, reply, resolve, ...rest }) => ({
				key: rest.agreementId,
				service: serviceId ? (services.get(serviceId) ?? null) : null,
				priority,
				segment,
				promised: { acknowledge, reply, resolve },
				closeness: closeness({ serviceId, wardCodes, priority })
			}))
			.sort((one, other) => one.closeness - other.closeness),
		departments: departments.flatMap(({ id, name }) => {
			const kept = byDepartment.find((each) => each.id === id);
			return kept ? { ...kept, name } : [];
		}),
		wards: wards.flatMap(({ code, number }) => {
			const kept = byWard.find(({ id }) => id === code);
			return kept ? { ...kept, code, number } : [];
		})
	};
}
