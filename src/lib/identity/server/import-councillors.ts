import { and, eq, gt, isNull, or, sql } from 'drizzle-orm';
import { parse } from 'csv-parse/sync';
import { record } from '../../audit/server/index.ts';
import { wardsOf } from '../../geography/server/index.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { readCouncillor, type CouncillorRow } from '../councillor-file.ts';
import { attachContact, keepContact, readContact } from './contacts.ts';
import { refuseInRelief } from './grants.ts';
import { grants, people } from './schema.ts';

export interface CouncillorFile {
	municipalityId: string;
	text: string;
	/** From when terms hold that have no day of their own. */
	startsAt: Date | null;
}

export interface CouncillorImport {
	total: number;
	added: number;
	/** Were there already, just so. */
	unchanged: number;
	/** Terms of earlier ward councillors that end where a new one begins. */
	ended: number;
	rejected: Array<{ row: number; reason: string }>;
}

/**
 * Imports councillors from a CSV: people, their terms in the wards, the end of the terms before.
 * Added, unchanged and rejected rows add up to the total; the same file twice changes nothing. Nobody
 * can sign in by it: a councillor is invited like all who work here.
 * @throws Refusal when the file is no CSV with a header
 */
export const importCouncillors = (
	db: Db,
	{ municipalityId, text, startsAt }: CouncillorFile,
	now = new Date()
): Promise<CouncillorImport> =>
	db.transaction(async (inner) => {
		const tx = inner as unknown as Db;
		const done: CouncillorImport = { total: 0, added: 0, unchanged: 0, ended: 0, rejected: [] };
		const wards = await wardsOf(tx, municipalityId, now);

		for (const [i, each] of rowsOf(text).entries()) {
			done.total++;
			const read = readCouncillor(each, startsAt);
			const reason =
				'reason' in read
					? read.reason
					: await settle(tx, municipalityId, wards, read.row, done, now);
			// The header is line 1 of the file.
			if (reason) done.rejected.push({ row: i + 2, reason });
		}
		const { rejected, ...counts } = done;
		await record(
			tx,
			null,
			{
				municipalityId,
				deed: 'councillors.imported',
				thing: 'municipality',
				thingId: municipalityId,
				details: { ...counts, rejected: rejected.length }
			},
			now
		);
		return done;
	});

function rowsOf(text: string): Array<Record<string, string>> {
	try {
		return parse(text, {
			columns: true,
			bom: true,
			trim: true,
			skip_empty_lines: true,
			relax_column_count: true,
			to: 20_000
		});
	} catch (reason) {
		const words = reason instanceof Error ? reason.message : '';
		throw new Refusal(400, `The file is not a CSV with a header: ${words}`, 'file');
	}
}

/** One row into the product; answers why it was rejected, or null. */
async function settle(
	tx: Db,
	municipalityId: string,
	wards: Array<{ code: string; number: number }>,
	row: CouncillorRow,
	done: CouncillorImport,
	now: Date
): Promise<string | null> {
	const ward = wards.find(({ code, number }) => code === row.ward || String(number) === row.ward);
	if (!ward) return `ward ${row.ward.slice(0, 20)} is not one of this municipality`;
	const held = await termsOf(tx, municipalityId, row.startsAt);
	const same = (name: string) => name.toLowerCase() === row.name.toLowerCase();
	if (
		held.some((term) => same(term.name) && term.wardCode === ward.code && term.term === row.term)
	) {
		done.unchanged++;
		return null;
	}
	const contacts = [row.email, row.phone].filter(Boolean).map(readContact);
	if (contacts.includes(null)) return 'a phone number that is none';

	const personId =
		held.find(({ name }) => same(name))?.personId ??
		(await newPerson(tx, municipalityId, row, now));
	for (const contact of contacts) {
		const { id: contactPointId } = await keepContact(tx, contact!, now);
		await attachContact(tx, { personId, contactPointId, purpose: 'service' }, now);
	}
	if (row.term === 'ward')
		for (const before of held.filter((each) => each.wardCode === ward.code && each.term !== 'pr')) {
			await tx.update(grants).set({ endsAt: row.startsAt }).where(eq(grants.id, before.id));
			done.ended++;
		}
	await tx
		.insert(grants)
		.values({
			id: newId(now),
			municipalityId,
			personId,
			role: 'councillor',
			wardCode: ward.code,
			term: row.term,
			startsAt: row.startsAt
		})
		.catch(refuseInRelief);
	done.added++;
	return null;
}

async function newPerson(tx: Db, municipalityId: string, { name }: CouncillorRow, now: Date) {
	const id = newId(now);
	await tx.insert(people).values({ id, name, homeMunicipalityId: municipalityId, createdAt: now });
	return id;
}

/** Terms of councillors that hold at a day or begin after it. */
const termsOf = (tx: Db, municipalityId: string, at: Date) =>
	tx
		.select({
			id: grants.id,
			personId: grants.personId,
			name: people.name,
			wardCode: sql<string>`coalesce(${grants.wardCode}, '')`,
			term: grants.term
		})
		.from(grants)
		.innerJoin(people, eq(people.id, grants.personId))
		.where(
			and(
				eq(grants.municipalityId, municipalityId),
				eq(grants.role, 'councillor'),
				or(isNull(grants.endsAt), gt(grants.endsAt, at))
			)
		);
