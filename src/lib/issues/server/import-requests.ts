import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { sql } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { newId } from '../../platform/ids.ts';
import { rows, type Db } from '../../platform/server/db.ts';
import type { ImportMap, ImportedRequest } from '../import-map.ts';
import { openBooks, type Books } from './import-books.ts';
import { settleBatch } from './import-batch.ts';
import { readRequests, type NumberedRow } from './read-requests.ts';
import { importFindings, requestImports } from './schema.ts';

export interface ImportReport {
	importId: string;
	total: number;
	/** Rows that are in the product now; `flagged` of them with a remark. */
	accepted: number;
	flagged: number;
	rejected: number;
	/** How often each reason came, most frequent first. */
	reasons: Array<{ reason: string; rejected: boolean; count: number }>;
}

interface Finding {
	row: number;
	sourceRef: string | null;
	rejected: boolean;
	reason: string;
}

const batchSize = 500;

/**
 * Imports requests of another system by a column map: issues with their cases and history, services
 * and departments where they are new. Accepted and rejected rows add up to the total, and every
 * rejected or odd row is kept with its reason. Rows already imported are rejected as such.
 * @throws when the file cannot be read as CSV, or lacks a column the map names
 */
export async function importRequests(
	db: Db,
	{ file, map, municipalityId }: { file: string; map: ImportMap; municipalityId: string },
	now = new Date()
): Promise<ImportReport> {
	const importId = newId(now);
	const counts = { total: 0, accepted: 0, flagged: 0, rejected: 0 };
	const reasons = new Map<string, { reason: string; rejected: boolean; count: number }>();

	await db.transaction(async (transaction) => {
		const tx = transaction as unknown as Db;
		const fileHash = await hashOf(file);
		await tx.insert(requestImports).values({
			id: importId,
			municipalityId,
			file: basename(file),
			fileHash,
			map: map as unknown as Record<string, unknown>,
			...counts,
			at: now
		});
		const books = await openBooks(tx, municipalityId, map);

		for await (const batch of batchesOf(file, map)) {
			const findings = await importBatch(tx, batch, { map, municipalityId, books, now, importId });
			counts.total += batch.length;
			const rejected = findings.filter((finding) => finding.rejected);
			counts.rejected += rejected.length;
			counts.accepted += batch.length - rejected.length;
			counts.flagged += new Set(
				findings.filter((each) => !each.rejected).map(({ row }) => row)
			).size;
			for (const { reason, rejected: out } of findings) {
				const known = reasons.get(reason) ?? { reason, rejected: out, count: 0 };
				reasons.set(reason, { ...known, count: known.count + 1 });
			}
		}

		await tx
			.update(requestImports)
			.set(counts)
			.where(sql`${requestImports.id} = ${importId}`);
		await record(
			tx,
			null,
			{
				municipalityId,
				deed: 'requests.imported',
				thing: 'request_import',
				thingId: importId,
				details: counts
			},
			now
		);
	});

	return {
		importId,
		...counts,
		reasons: [...reasons.values()].sort((a, b) => b.count - a.count)
	};
}

interface BatchFacts {
	map: ImportMap;
	municipalityId: string;
	books: Books;
	now: Date;
	importId: string;
}

async function importBatch(tx: Db, batch: NumberedRow[], facts: BatchFacts): Promise<Finding[]> {
	const known = await alreadyImported(tx, batch, facts);
	const findings: Finding[] = [];
	const sound: ImportedRequest[] = [];

	for (const { row, sourceRef, request, remarks } of batch) {
		const note = (reason: string, rejected: boolean) =>
			findings.push({ row, sourceRef, rejected, reason });
		if (!request) note(remarks[0], true);
		else if (known.has(request.sourceRef)) note('already imported, or twice in this file', true);
		else {
			known.add(request.sourceRef);
			for (const remark of remarks) note(remark, false);
			sound.push(request);
		}
	}

	if (sound.length) await settleBatch(tx, sound, facts);
	if (findings.length)
		await tx.insert(importFindings).values(
			findings.map((finding) => ({
				id: newId(facts.now),
				municipalityId: facts.municipalityId,
				importId: facts.importId,
				...finding
			}))
		);
	return findings;
}

async function alreadyImported(tx: Db, batch: NumberedRow[], { map, municipalityId }: BatchFacts) {
	const refs = JSON.stringify(batch.map(({ sourceRef }) => sourceRef).filter(Boolean));
	const found = await rows<{ ref: string }>(
		tx,
		sql`select source_ref as ref from issues where municipality_id = ${municipalityId} and source = ${map.source}
			and source_ref in (select jsonb_array_elements_text(${refs}::jsonb))`
	);
	return new Set(found.map(({ ref }) => ref));
}

async function* batchesOf(file: string, map: ImportMap): AsyncGenerator<NumberedRow[]> {
	let batch: NumberedRow[] = [];
	for await (const each of readRequests(file, map)) {
		batch.push(each);
		if (batch.length === batchSize) {
			yield batch;
			batch = [];
		}
	}
	if (batch.length) yield batch;
}

async function hashOf(file: string) {
	const hash = createHash('sha256');
	for await (const chunk of createReadStream(file)) hash.update(chunk);
	return hash.digest('hex');
}
