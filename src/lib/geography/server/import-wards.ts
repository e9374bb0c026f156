import { createHash } from 'node:crypto';
import { inArray, sql } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { municipalities } from '../../identity/server/schema.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { cleanLine } from '../../platform/text.ts';
import { rows, type Db } from '../../platform/server/db.ts';
import { knownFields, looksSimplified, type WardFields } from '../ward-file.ts';
import { layBoundarySet, setOfFile } from './boundary-sets.ts';
import { readWardFile, type ReadWard } from './read-ward-file.ts';

export interface WardFile {
	data: Uint8Array;
	/** What the set is called: `Wards 2026`. */
	name: string;
	/** Where it came from: the file's name. */
	source: string;
	/** From when these lines hold. */
	validFrom: Date;
	/** Code or Demarcation Board code, for a file whose wards do not say which municipality they are of. */
	municipality?: string;
	/** Other names of columns, tried before those we know. */
	fields?: Partial<WardFields>;
	/** Let simplified lines take the place of finer ones. */
	evenSimplified?: boolean;
}

export interface WardImport {
	/** The very same file was imported before: nothing changed. */
	already: boolean;
	boundarySetId: string;
	wards: number;
	municipalities: number;
	/** Codes of municipalities that were not known; they are kept by name only until somebody activates them. */
	added: string[];
	repaired: string[];
	simplified: boolean;
	/** Municipalities left with the finer lines they have. */
	keptFiner: string[];
}

/**
 * Imports ward lines as a boundary set with dates. The same file twice changes nothing. Nothing is
 * imported when anything in the file is wrong.
 * @throws Refusal that says what is wrong
 */
export async function importWards(db: Db, file: WardFile, now = new Date()): Promise<WardImport> {
	const fileHash = createHash('sha256').update(file.data).digest('hex');
	const before = await setOfFile(db, fileHash);
	if (before) return alreadyThere(db, before);

	const read = await readWardFile(file.data, mergeFields(file.fields));
	const simplified = looksSimplified(read.map(({ polygons }) => polygons));
	const wards = read.map((ward) => ({ ...ward, mdbCode: municipalityOf(ward, file) }));

	return db.transaction(async (inner) => {
		const tx = inner as unknown as Db;
		const { ids, added } = await findOrAdd(tx, wards);
		const finer = simplified && !file.evenSimplified ? await withFinerLines(tx) : new Set();
		const kept = wards.filter(({ mdbCode }) => !finer.has(ids.get(mdbCode)));
		const keptFiner = [
			...new Set(wards.map(({ mdbCode }) => mdbCode).filter((code) => finer.has(ids.get(code))))
		];
		if (!kept.length)
			throw new Refusal(
				409,
				`These lines are simplified, and ${keptFiner.slice(0, 5).join(', ')} already has finer ones. Nothing was imported; --even-simplified imports them all the same.`
			);

		const { id, repaired } = await layBoundarySet(
			tx,
			{
				name: cleanLine(file.name).slice(0, 120),
				source: cleanLine(file.source).slice(0, 200),
				fileHash,
				validFrom: file.validFrom,
				simplified,
				wards: kept.map(({ mdbCode, code, number, areas, voters, population, polygons }) => ({
					municipalityId: ids.get(mdbCode)!,
					code,
					number,
					areas,
					voters,
					population,
					geometry: { type: 'MultiPolygon', coordinates: polygons }
				}))
			},
			now
		);
		const covered = new Set(kept.map(({ mdbCode }) => mdbCode)).size;
		await record(
			tx,
			null,
			{
				municipalityId: null,
				deed: 'wards.imported',
				thing: 'boundary_set',
				thingId: id,
				details: { fileHash, wards: kept.length, municipalities: covered, repaired }
			},
			now
		);
		return {
			already: false,
			boundarySetId: id,
			wards: kept.length,
			municipalities: covered,
			added,
			repaired,
			simplified,
			keptFiner
		};
	});
}

const mergeFields = (given: Partial<WardFields> = {}): WardFields =>
	Object.fromEntries(
		Object.entries(knownFields).map(([field, names]) => [
			field,
			given[field as keyof WardFields] ?? names
		])
	) as WardFields;

async function alreadyThere(
	db: Db,
	{ id, simplified }: { id: string; simplified: boolean }
): Promise<WardImport> {
	const [{ wards, covered }] = await rows<{ wards: number; covered: number }>(
		db,
		sql`select count(*)::int as wards, count(distinct municipality_id)::int as covered from wards where boundary_set_id = ${id}::uuid`
	);
	return {
		already: true,
		boundarySetId: id,
		wards,
		municipalities: covered,
		added: [],
		repaired: [],
		simplified,
		keptFiner: []
	};
}

function municipalityOf(ward: ReadWard, { municipality }: WardFile): string {
	const code = municipality?.toUpperCase() ?? ward.municipality;
	if (code && /^[A-Z]{2,4}\d{0,4}$/.test(code)) return code;
	throw new Refusal(
		400,
		`Ward ${ward.code} does not say which municipality it is of. Name it with --municipality CODE.`,
		'file'
	);
}

/** Metropolitan codes have letters only, districts start with DC (Municipal Demarcation Board). */
const kindOf = (mdbCode: string) =>
	/^DC\d/.test(mdbCode) ? 'C' : /^[A-Z]+$/.test(mdbCode) ? 'A' : 'B';

async function findOrAdd(tx: Db, wards: Array<ReadWard & { mdbCode: string }>) {
	const names = new Map(wards.map(({ mdbCode, municipalityName }) => [mdbCode, municipalityName]));
	const ids = new Map<string, string>();
	const codes = [...names.keys()];
	const known = await tx
		.select({ id: municipalities.id, code: municipalities.code, mdbCode: municipalities.mdbCode })
		.from(municipalities)
		.where(
			sql`${inArray(municipalities.mdbCode, codes)} or ${inArray(municipalities.code, codes)}`
		);
	for (const { id, code, mdbCode } of known)
		for (const each of [code, mdbCode]) if (each && names.has(each)) ids.set(each, id);

	const added = codes.filter((code) => !ids.has(code));
	if (added.length)
		await tx.insert(municipalities).values(
			added.map((mdbCode) => {
				const id = newId();
				ids.set(mdbCode, id);
				const kind = kindOf(mdbCode);
				return { id, code: mdbCode, mdbCode, name: names.get(mdbCode) ?? mdbCode, kind } as const;
			})
		);
	return { ids, added };
}

const withFinerLines = async (tx: Db) =>
	new Set(
		(
			await rows<{ id: string }>(
				tx,
				sql`select t.municipality_id as id from boundary_terms t join boundary_sets s on s.id = t.boundary_set_id
					where not s.simplified and t.valid_to is null`
			)
		).map(({ id }) => id)
	);
