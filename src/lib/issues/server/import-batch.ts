import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { importCases, type ImportedCase } from '../../cases/server/index.ts';
import { wardOfPoint } from '../../geography/server/index.ts';
import { newId } from '../../platform/ids.ts';
import { shorten } from '../../platform/text.ts';
import { rows, type Db } from '../../platform/server/db.ts';
import type { ImportMap, ImportedRequest } from '../import-map.ts';
import { drawReference } from '../reference.ts';
import type { Books } from './import-books.ts';
import { issues } from './schema.ts';

interface Facts {
	map: ImportMap;
	municipalityId: string;
	books: Books;
	now: Date;
}

type NewIssue = typeof issues.$inferInsert;

/** Puts a batch of sound requests into the product: issues, their cases, what happened to them. */
export async function settleBatch(tx: Db, requests: ImportedRequest[], facts: Facts) {
	const references = await drawReferences(tx, requests, facts.books.municipalityCode);
	const wards = await wardsOf(tx, facts.municipalityId, requests);
	const built: Array<{ issue: NewIssue; kase: ImportedCase }> = [];
	for (const [index, request] of requests.entries())
		built.push(await buildOne(request, references[index], wards.get(index) ?? null, facts));

	await tx.insert(issues).values(built.map(({ issue }) => issue));
	await importCases(
		tx,
		built.map(({ kase }) => kase),
		facts.now
	);
}

async function buildOne(
	request: ImportedRequest,
	reference: string,
	wardCode: string | null,
	facts: Facts
) {
	const { municipalityId, books, map, now } = facts;
	const service = await books.serviceFor(request);
	const id = newId(request.createdAt);
	const issue: NewIssue = {
		id,
		municipalityId,
		reference,
		kind: 'issue',
		serviceId: service.id,
		title: shorten(
			request.description ?? [service.name, request.place].filter(Boolean).join(', '),
			90
		),
		description: request.description,
		place: request.place,
		point: request.point,
		located: request.point ? 'position' : request.place ? 'place' : 'none',
		wardCode,
		currentWardCode: wardCode,
		channel: 'import',
		anonymous: true,
		clientId: randomUUID(),
		source: map.source,
		sourceRef: request.sourceRef,
		createdAt: request.createdAt,
		recordedAt: now
	};
	return { issue, kase: caseOf(issue, request, service.departmentId) };
}

/** The other system says done; nobody here confirmed it. Closed is not fixed: it stays a claim. */
function caseOf(
	issue: NewIssue,
	request: ImportedRequest,
	departmentId: string | null
): ImportedCase {
	const { createdAt, completedAt } = request;
	const impossible = completedAt !== null && completedAt < createdAt;
	const claim = completedAt && {
		kind: 'claim' as const,
		at: impossible ? createdAt : completedAt,
		stateTo: 'resolved_claimed' as const,
		facts: impossible ? { givenAt: completedAt.toISOString() } : {}
	};
	return {
		facts: {
			municipalityId: issue.municipalityId,
			track: 'issue',
			subjectId: issue.id,
			reference: issue.reference,
			serviceId: issue.serviceId,
			departmentId,
			wardCode: issue.wardCode
		},
		openedAt: createdAt,
		events: claim ? [claim] : []
	};
}

/** One free reference each. What was drawn twice, or is taken, is drawn again. */
async function drawReferences(
	tx: Db,
	requests: ImportedRequest[],
	code: string
): Promise<string[]> {
	const drawn = requests.map(() => '');
	const taken = new Set<string>();
	let missing = [...drawn.keys()];
	while (missing.length) {
		for (const index of missing) {
			const year = requests[index].createdAt.getUTCFullYear();
			do drawn[index] = drawReference(code, year);
			while (taken.has(drawn[index]));
			taken.add(drawn[index]);
		}
		const asked = JSON.stringify(missing.map((index) => drawn[index]));
		const used = await rows<{ reference: string }>(
			tx,
			sql`select reference from issues where reference in (select jsonb_array_elements_text(${asked}::jsonb))`
		);
		const again = new Set(used.map(({ reference }) => reference));
		missing = missing.filter((index) => again.has(drawn[index]));
	}
	return drawn;
}

/** The ward in force of every request that has a position, by its place in the batch. */
async function wardsOf(tx: Db, municipalityId: string, requests: ImportedRequest[]) {
	const found = new Map<number, string>();
	for (const [index, { point }] of requests.entries()) {
		const ward = point && (await wardOfPoint(tx, municipalityId, point));
		if (ward) found.set(index, ward.code);
	}
	return found;
}
