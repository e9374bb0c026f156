import { and, asc, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm';
import { pageOnCall } from '../../delivery/server/index.ts';
import { permissions, type Role } from '../../identity/permissions.ts';
import { linkedPeople } from '../../identity/server/index.ts';
import { grants, people } from '../../identity/server/schema.ts';
import type { Db } from '../../platform/server/db.ts';
import { exerciseMark } from '../compose.ts';
import { templateOf } from '../templates.ts';
import type { AlertRow } from './find.ts';
import { alertRoster } from './schema.ts';

export interface Approver {
	id: string;
	name: string;
	role: Role;
	/** On the roster; null is called after all who are. */
	place: number | null;
}

// Without a roster: those whose office it is, first.
const usualOrder: Role[] = ['disaster_approver', 'incident_commander', 'disaster_officer'];

/** Everybody who may approve in a municipality, in the order they are called. */
export async function approversOf(db: Db, municipalityId: string, now: Date): Promise<Approver[]> {
	const roles = Object.keys(permissions['alert.approve']) as Role[];
	const found = await db
		.select({ id: people.id, name: people.name, role: grants.role, place: alertRoster.place })
		.from(grants)
		.innerJoin(people, eq(people.id, grants.personId))
		.leftJoin(
			alertRoster,
			and(eq(alertRoster.personId, people.id), eq(alertRoster.municipalityId, municipalityId))
		)
		.where(
			and(
				eq(grants.municipalityId, municipalityId),
				inArray(grants.role, roles),
				lte(grants.startsAt, now),
				or(isNull(grants.endsAt), gt(grants.endsAt, now)),
				isNull(people.erasedAt)
			)
		)
		.orderBy(asc(people.name));
	const order = ({ place, role }: Approver) => place ?? 1000 + usualOrder.indexOf(role);
	const sorted = found.toSorted((a, b) => order(a) - order(b));
	return sorted.filter(({ id }, i) => sorted.findIndex((each) => each.id === id) === i);
}

/** Who could approve this one and was not called yet, the next first. */
export async function nextApprovers(tx: Db, row: AlertRow, now: Date): Promise<Approver[]> {
	const out = new Set([...row.editors, row.submittedBy ?? '']);
	for (const id of [...out].filter(Boolean))
		for (const other of await linkedPeople(tx, id)) out.add(other);
	const all = await approversOf(tx, row.municipalityId, now);
	return all.filter(
		({ id }) => !row.pagedIds.includes(id) && (row.capStatus === 'exercise' || !out.has(id))
	);
}

/** Calls people about an alert, by every way that works. The same key calls nobody twice. */
export async function pageAbout(
	tx: Db,
	row: AlertRow,
	{ key, text, people: wanted }: { key: string; text: string; people?: string[] },
	now: Date
) {
	const mark = row.capStatus === 'exercise' ? `${exerciseMark}: ` : '';
	const what = templateOf(row.template).name;
	return await pageOnCall(
		tx,
		{
			municipalityId: row.municipalityId,
			key: `alert/${row.id}/${key}`,
			title: `${mark}${what}, ${row.slots.place}`.slice(0, 120),
			text: `${mark}${text} ${what}, ${row.slots.place}.`,
			path: `/office/alerts/${row.id}`,
			people: wanted
		},
		now
	);
}
