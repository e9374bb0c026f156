import { departmentsOf, municipalityById } from '../../identity/server/index.ts';
import { departments } from '../../identity/server/schema.ts';
import { newId } from '../../platform/ids.ts';
import type { Db } from '../../platform/server/db.ts';
import { importCode, type ImportMap, type ImportedRequest } from '../import-map.ts';
import { services } from './schema.ts';
import { servicesOf } from './services.ts';

/** The services and departments of a municipality by code, growing with what an import brings. */
export interface Books {
	municipalityCode: string;
	serviceFor(
		request: ImportedRequest
	): Promise<{ id: string; name: string; departmentId: string | null }>;
}

export async function openBooks(tx: Db, municipalityId: string, map: ImportMap): Promise<Books> {
	const municipality = await municipalityById(tx, municipalityId);
	const departmentIds = new Map(
		(await departmentsOf(tx, municipalityId)).map(({ code, id }) => [code, id])
	);
	const known = new Map(
		(await servicesOf(tx, municipalityId)).map((service) => [service.code, service])
	);

	async function departmentFor(name: string | null): Promise<string | null> {
		if (!name) return null;
		const code = importCode(name);
		let id = departmentIds.get(code);
		if (!id) {
			id = newId();
			await tx.insert(departments).values({ id, municipalityId, code, name });
			departmentIds.set(code, id);
		}
		return id;
	}

	return {
		municipalityCode: municipality?.code ?? map.municipality ?? 'XXX',
		async serviceFor(request) {
			const code = importCode(request.service);
			const found = known.get(code);
			if (found) return found;
			const [made] = await tx
				.insert(services)
				.values({
					id: newId(),
					municipalityId,
					code,
					name: request.service,
					group: request.group,
					departmentId: await departmentFor(request.department)
				})
				.returning();
			known.set(code, made);
			return made;
		}
	};
}
