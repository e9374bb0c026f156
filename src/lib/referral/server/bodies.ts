import { and, eq, ne } from 'drizzle-orm';
import { departments, municipalities } from '../../identity/server/schema.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { openPeer } from './peers.ts';

/** To whom a case can be handed: `department:ID` or `municipality:ID`. */
export interface Body {
	key: string;
	name: string;
	kind: 'department' | 'entity' | 'municipality';
}

export interface Target {
	toDepartmentId: string | null;
	toMunicipalityId: string | null;
	toName: string;
	/** A department of the sender itself: acceptance moves the case there. */
	own: boolean;
	peerId: string | null;
	/** Where another body is written to. */
	email: string | null;
}

/** Every body a municipality can hand a case to, its own departments first. */
export async function bodiesFor(db: Db, municipalityId: string): Promise<Body[]> {
	const own = await db
		.select()
		.from(departments)
		.where(and(eq(departments.municipalityId, municipalityId), eq(departments.active, true)))
		.orderBy(departments.name);
	const here = await others(db, municipalityId);
	return [
		...own.flatMap(({ id, name, kind }) =>
			kind === 'agency' ? [] : [{ key: `department:${id}`, name, kind }]
		),
		...here.map(({ id, name }) => ({
			key: `municipality:${id}`,
			name,
			kind: 'municipality' as const
		}))
	];
}

/** The other municipalities served here; those that practise hand nothing to those that work in earnest. */
async function others(db: Db, municipalityId: string) {
	const found = await db
		.select()
		.from(municipalities)
		.where(and(eq(municipalities.active, true), ne(municipalities.kind, 'exercise')))
		.orderBy(municipalities.name);
	return found.some(({ id }) => id === municipalityId)
		? found.filter(({ id }) => id !== municipalityId)
		: [];
}

/** The body a form named. @throws 400 when there is none, or nobody could be told */
export async function targetOf(tx: Db, municipalityId: string, key: string): Promise<Target> {
	const [kind, id] = key.split(':');
	const body = (await bodiesFor(tx, municipalityId)).find((each) => each.key === key);
	if (!body) throw new Refusal(400, 'Choose a body from the list.', 'to');
	if (kind === 'municipality')
		return {
			toDepartmentId: null,
			toMunicipalityId: id,
			toName: body.name,
			own: false,
			peerId: null,
			email: null
		};
	const [{ email }] = await tx.select().from(departments).where(eq(departments.id, id));
	const peer = body.kind === 'entity' ? await openPeer(tx, id) : undefined;
	if (body.kind === 'entity' && !peer && !email)
		throw new Refusal(
			400,
			`${body.name} has no e-mail address: an administrator adds it under Departments.`,
			'to'
		);
	return {
		toDepartmentId: id,
		toMunicipalityId: null,
		toName: body.name,
		own: body.kind === 'department',
		peerId: peer?.id ?? null,
		email: body.kind === 'entity' ? email : null
	};
}
