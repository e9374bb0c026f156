import { and, eq } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import { isDuplicate, type Db } from '../../platform/server/db.ts';
import { mustBeAsShown } from '../../platform/server/row-version.ts';
import type { MunicipalityFacts, NewMunicipality } from '../municipality-form.ts';
import { can, grantsFor, type Actor, type Permission } from '../permissions.ts';
import type { Municipality } from './municipalities.ts';
import { municipalities } from './schema.ts';

/** The municipality, locked, when this person may run it in this respect; otherwise it does not exist. */
export async function municipalityToRun(
	tx: Db,
	actor: Actor,
	municipalityId: string,
	permission: Permission = 'municipality.manage'
): Promise<Municipality> {
	const [found] = await tx
		.select()
		.from(municipalities)
		.where(eq(municipalities.id, municipalityId))
		.for('update');
	if (!found || !can(actor, permission, { municipalityId, districtId: found.districtId }))
		throw notFound();
	return found;
}

/** Changes what a municipality says of itself. Throws when another one answers at an address already. */
export async function editMunicipality(
	db: Db,
	actor: Actor,
	{ id, version, facts }: { id: string; version: string; facts: MunicipalityFacts },
	now = new Date()
) {
	await db.transaction(async (tx) => {
		const before = await municipalityToRun(tx, actor, id);
		mustBeAsShown(before, version);
		await mustBeFreeHosts(tx, id, facts.hosts);

		await tx.update(municipalities).set(facts).where(eq(municipalities.id, id));
		await record(
			tx,
			actor,
			{ municipalityId: id, deed: 'municipality.changed', thing: 'municipality', thingId: id },
			now
		);
	});
}

async function mustBeFreeHosts(tx: Db, id: string, hosts: string[]) {
	const all = await tx
		.select({ id: municipalities.id, name: municipalities.name, hosts: municipalities.hosts })
		.from(municipalities);
	for (const other of all) {
		const taken = other.id !== id && other.hosts.find((host) => hosts.includes(host));
		if (taken)
			throw new Refusal(409, `${taken} already opens the pages of ${other.name}.`, 'hosts');
	}
}

/** The municipalities a district administrator answers for, and the district itself. */
export const municipalitiesOf = async (db: Db, actor: Actor): Promise<Municipality[]> => {
	const all = await db.select().from(municipalities).orderBy(municipalities.name);
	return all.filter((each) =>
		can(actor, 'municipality.create', { municipalityId: each.id, districtId: each.districtId })
	);
};

/** One of them, by its code. */
export async function municipalityInReach(
	db: Db,
	actor: Actor,
	code: string
): Promise<Municipality> {
	const [found] = await db
		.select()
		.from(municipalities)
		.where(eq(municipalities.code, code.toUpperCase()));
	if (
		!found ||
		!can(actor, 'municipality.manage', { municipalityId: found.id, districtId: found.districtId })
	)
		throw notFound();
	return found;
}

/** What a new municipality starts with, written in the transaction that makes it. */
export type Settle = (tx: Db, municipality: Municipality, now: Date) => Promise<void>;

/**
 * Makes a municipality in the actor's district, served from now on, and furnished by `settle`.
 * Throws when its code or demarcation code is in use.
 */
export async function createMunicipality(
	db: Db,
	actor: Actor,
	{ mdbCode, ...facts }: NewMunicipality,
	settle: Settle,
	now = new Date()
): Promise<Municipality> {
	const [held] = grantsFor(actor, 'municipality.create');
	if (!held) throw notFound();
	try {
		return await db.transaction(async (tx) => {
			const [district] = await tx
				.select()
				.from(municipalities)
				.where(and(eq(municipalities.id, held.grant.municipalityId), eq(municipalities.kind, 'C')));
			if (!district) throw notFound();

			const [made] = await tx
				.insert(municipalities)
				.values({
					...facts,
					id: newId(now),
					mdbCode: mdbCode || null,
					districtId: district.id,
					active: true,
					timezone: district.timezone,
					languages: district.languages,
					emergencyNumbers: district.emergencyNumbers
				})
				.returning();
			await settle(tx, made, now);
			await record(
				tx,
				actor,
				{
					municipalityId: district.id,
					deed: 'municipality.created',
					thing: 'municipality',
					thingId: made.id,
					details: { code: made.code }
				},
				now
			);
			return made;
		});
	} catch (reason) {
		if (!isDuplicate(reason)) throw reason;
		throw isDuplicate(reason, 'municipalities_mdbCode_unique')
			? new Refusal(409, `${mdbCode} is already the demarcation code of another one.`, 'mdbCode')
			: new Refusal(409, `${facts.code} is already the code of another one.`, 'code');
	}
}
