import { and, asc, eq, isNull } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { can, type Actor } from '../../identity/permissions.ts';
import { departmentsOf } from '../../identity/server/index.ts';
import { isId, newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { enqueue } from '../../platform/server/jobs.ts';
import { mustBeAsShown } from '../../platform/server/row-version.ts';
import { isoDay } from '../../platform/local-time.ts';
import { isDay, readWeek, readZone } from '../calendar-file.ts';
import { ladderLevels, type LadderLevel } from '../ladder.ts';
import { policyMoved } from './jobs.ts';
import { agreements, calendars, internals, ladderRungs, proclaimedDays } from './schema.ts';

interface At {
	municipalityId: string;
}

export type AgreementRow = typeof agreements.$inferSelect;
export type CalendarRow = typeof calendars.$inferSelect;
export type AgreementFacts = Pick<
	AgreementRow,
	'serviceId' | 'priority' | 'segment' | 'wardCodes' | 'acknowledge' | 'reply' | 'resolve'
>;
export type CalendarFacts = Pick<
	CalendarRow,
	'departmentId' | 'name' | 'timezone' | 'week' | 'publicHolidays'
>;

function mustManage(actor: Actor, { municipalityId }: At) {
	if (!can(actor, 'clock.manage', { municipalityId })) throw notFound();
}

/** What is promised now. */
export const agreementsOf = (db: Db, { municipalityId }: At) =>
	db
		.select()
		.from(agreements)
		.where(and(eq(agreements.municipalityId, municipalityId), isNull(agreements.until)))
		.orderBy(asc(agreements.since), asc(agreements.id));

/** The hours of work as they are now. */
export const calendarsOf = (db: Db, { municipalityId }: At) =>
	db
		.select()
		.from(calendars)
		.where(and(eq(calendars.municipalityId, municipalityId), isNull(calendars.until)))
		.orderBy(asc(calendars.name));

/** The days that were proclaimed, in order. */
export const daysOf = (db: Db, { municipalityId }: At) =>
	db
		.select()
		.from(proclaimedDays)
		.where(and(eq(proclaimedDays.municipalityId, municipalityId), isNull(proclaimedDays.until)))
		.orderBy(asc(proclaimedDays.day));

/**
 * Promises something, or promises otherwise: the version before ends and stays, and open cases are
 * reckoned anew. Answers the agreement's id. Throws a 409 when somebody else changed it meanwhile.
 */
export const setAgreement = (
	db: Db,
	actor: Actor,
	facts: AgreementFacts & At & { agreementId?: string; version?: string },
	now = new Date()
): Promise<string> =>
	db.transaction(async (transaction) => {
		const tx = transaction as unknown as Db;
		mustManage(actor, facts);
		const { agreementId, version, ...given } = facts;
		if (!given.acknowledge && !given.reply && !given.resolve)
			throw new Refusal(400, 'Promise at least one of the three.', 'resolve');
		if (agreementId) await endVersion(tx, facts, agreementId, version, now);
		const row = { ...given, id: newId(now), agreementId: agreementId ?? newId(now), since: now };
		await tx.insert(agreements).values(row);
		await changed(tx, actor, facts, 'agreement.set', row.agreementId, now);
		return row.agreementId;
	});

/** Promises it no longer. Cases that stand under it fall to what else fits, or to no promise. */
export const endAgreement = (
	db: Db,
	actor: Actor,
	facts: At & { agreementId: string; version: string },
	now = new Date()
) =>
	db.transaction(async (transaction) => {
		const tx = transaction as unknown as Db;
		mustManage(actor, facts);
		await endVersion(tx, facts, facts.agreementId, facts.version, now);
		await changed(tx, actor, facts, 'agreement.ended', facts.agreementId, now);
	});

async function endVersion(
	tx: Db,
	{ municipalityId }: At,
	agreementId: string,
	version: string | undefined,
	now: Date
) {
	const [stands] = isId(agreementId)
		? await tx
				.select()
				.from(agreements)
				.where(
					and(
						eq(agreements.municipalityId, municipalityId),
						eq(agreements.agreementId, agreementId),
						isNull(agreements.until)
					)
				)
				.for('update')
		: [];
	if (!stands) throw notFound();
	if (version !== undefined) mustBeAsShown(stands, version);
	await tx.update(agreements).set({ until: now }).where(eq(agreements.id, stands.id));
}

/**
 * Sets hours of work, for all departments, for one, or for whatever names them. Throws a 400 naming the
 * day when hours overlap or there are none, a 409 when somebody else changed them meanwhile.
 */
export const setCalendar = (
	db: Db,
	actor: Actor,
	facts: CalendarFacts & At & { calendarId?: string; version?: string },
	now = new Date()
): Promise<string> =>
	db.transaction(async (transaction) => {
		const tx = transaction as unknown as Db;
		mustManage(actor, facts);
		readZone(facts.timezone);
		readWeek(facts.week);
		const { calendarId, version, ...given } = facts;
		if (calendarId) await endHours(tx, facts, calendarId, version, now);
		await mustBeTheOnly(tx, facts);
		const row = { ...given, id: newId(now), calendarId: calendarId ?? newId(now), since: now };
		await tx.insert(calendars).values(row);
		await changed(tx, actor, facts, 'calendar.set', row.calendarId, now);
		return row.calendarId;
	});

/** A department has one set of hours, and so have all that have none of their own. */
async function mustBeTheOnly(tx: Db, facts: CalendarFacts & At) {
	const others = await calendarsOf(tx, facts);
	if (others.some(({ departmentId }) => departmentId === facts.departmentId))
		throw new Refusal(409, 'Those hours are set already: change them instead.', 'departmentId');
}

async function endHours(
	tx: Db,
	{ municipalityId }: At,
	calendarId: string,
	version: string | undefined,
	now: Date
) {
	const [stands] = isId(calendarId)
		? await tx
				.select()
				.from(calendars)
				.where(
					and(
						eq(calendars.municipalityId, municipalityId),
						eq(calendars.calendarId, calendarId),
						isNull(calendars.until)
					)
				)
				.for('update')
		: [];
	if (!stands) throw notFound();
	if (version !== undefined) mustBeAsShown(stands, version);
	await tx.update(calendars).set({ until: now }).where(eq(calendars.id, stands.id));
}

/** Adds a day without work that no rule knows. Throws a 400 for a day that is none, is over, or stands there. */
export const proclaimDay = (
	db: Db,
	actor: Actor,
	facts: At & { day: string; name: string; timezone: string },
	now = new Date()
): Promise<string> =>
	db.transaction(async (transaction) => {
		const tx = transaction as unknown as Db;
		mustManage(actor, facts);
		const { municipalityId, day, name, timezone } = facts;
		if (!isDay(day)) throw new Refusal(400, 'Choose a day of the calendar.', 'day');
		if (day < isoDay(now, timezone))
			throw new Refusal(400, 'That day is over. What it delayed was promised already.', 'day');
		if (!name.trim()) throw new Refusal(400, 'Say what the day is called.', 'name');
		const there = await daysOf(tx, facts);
		if (there.some((each) => each.day === day))
			throw new Refusal(409, 'That day stands there already.', 'day');
		const id = newId(now);
		await tx
			.insert(proclaimedDays)
			.values({ id, municipalityId, day, name: name.trim(), since: now });
		await changed(tx, actor, facts, 'day.proclaimed', id, now);
		return id;
	});

/** Takes a proclaimed day back: from now on it is a day like its weekday. */
export const withdrawDay = (
	db: Db,
	actor: Actor,
	facts: At & { dayId: string },
	now = new Date()
) =>
	db.transaction(async (transaction) => {
		const tx = transaction as unknown as Db;
		mustManage(actor, facts);
		const { municipalityId, dayId } = facts;
		const ended = isId(dayId)
			? await tx
					.update(proclaimedDays)
					.set({ until: now })
					.where(
						and(
							eq(proclaimedDays.id, dayId),
							eq(proclaimedDays.municipalityId, municipalityId),
							isNull(proclaimedDays.until)
						)
					)
					.returning({ id: proclaimedDays.id })
			: [];
		if (!ended.length) throw notFound();
		await changed(tx, actor, facts, 'day.withdrawn', dayId, now);
	});

/** The rungs of every ladder as they stand, the lowest first. */
export const laddersOf = (db: Db, { municipalityId }: At) =>
	db
		.select()
		.from(ladderRungs)
		.where(and(eq(ladderRungs.municipalityId, municipalityId), isNull(ladderRungs.until)))
		.orderBy(asc(ladderRungs.percent));

export interface LadderStep {
	level: LadderLevel;
	/** Of the time in which it was promised to be done. */
	percent: number;
	copyCouncillor: boolean;
}

/** The steps from the nearest desk on. Throws a 400 when a higher desk would hear before a lower one. */
export function stepsInOrder(steps: LadderStep[]): LadderStep[] {
	const inOrder = [...steps].sort(
		(one, other) => ladderLevels.indexOf(one.level) - ladderLevels.indexOf(other.level)
	);
	for (const [i, { percent, level }] of inOrder.entries()) {
		if (!Number.isInteger(percent) || percent < 10 || percent > 1000)
			throw new Refusal(400, 'Give a share from 10 to 1000 %.', level);
		if (i > 0 && percent <= inOrder[i - 1].percent)
			throw new Refusal(400, 'A higher desk hears of it after a lower one.', level);
	}
	return inOrder;
}

/**
 * Sets the ladder of a service, or of all services without their own; no steps take it away. What fell
 * due before is not carried up by it. Throws a 400 when a higher desk would hear before a lower one.
 */
export const setLadder = (
	db: Db,
	actor: Actor,
	{ municipalityId, serviceId, steps }: At & { serviceId: string | null; steps: LadderStep[] },
	now = new Date()
) =>
	db.transaction(async (transaction) => {
		const tx = transaction as unknown as Db;
		mustManage(actor, { municipalityId });
		const inOrder = stepsInOrder(steps);
		await tx
			.update(ladderRungs)
			.set({ until: now })
			.where(
				and(
					eq(ladderRungs.municipalityId, municipalityId),
					serviceId ? eq(ladderRungs.serviceId, serviceId) : isNull(ladderRungs.serviceId),
					isNull(ladderRungs.until)
				)
			);
		if (inOrder.length)
			await tx.insert(ladderRungs).values(
				inOrder.map((step) => ({
					...step,
					id: newId(now),
					municipalityId,
					serviceId,
					since: now
				}))
			);
		await changed(tx, actor, { municipalityId }, 'ladder.set', serviceId ?? municipalityId, now);
	});

/** What departments promise each other now. */
export const internalsOf = (db: Db, { municipalityId }: At) =>
	db
		.select()
		.from(internals)
		.where(and(eq(internals.municipalityId, municipalityId), isNull(internals.until)))
		.orderBy(asc(internals.since), asc(internals.id));

/** Longer than a month of work before it is due, nothing can be asked for. */
const longestBefore = 160 * 60;

export type InternalFacts = At &
	Pick<typeof internals.$inferSelect, 'departmentId' | 'forDepartmentId' | 'serviceId' | 'minutes'>;

/** Says no to what departments cannot agree, or have agreed already. Throws a 400 or 409 that names the field. */
export async function mustBeAgreeable(tx: Db, facts: InternalFacts) {
	const { municipalityId, departmentId, forDepartmentId, serviceId, minutes } = facts;
	const own = (await departmentsOf(tx, municipalityId)).map(({ id }) => id);
	if (!own.includes(departmentId))
		throw new Refusal(400, 'Choose the department that does its part.', 'departmentId');
	if (forDepartmentId && !own.includes(forDepartmentId))
		throw new Refusal(400, 'Choose a department of the list.', 'forDepartmentId');
	if (forDepartmentId === departmentId)
		throw new Refusal(400, 'A department cannot promise itself something.', 'forDepartmentId');
	if (!Number.isInteger(minutes) || minutes <= 0 || minutes > longestBefore)
		throw new Refusal(400, 'Give from 1 minute to 160 hours of work.', 'minutes');
	const there = await internalsOf(tx, facts);
	const same = there.some(
		(each) =>
			each.departmentId === departmentId &&
			each.forDepartmentId === forDepartmentId &&
			each.serviceId === serviceId
	);
	if (same) throw new Refusal(409, 'That is agreed already: end it first.', 'departmentId');
}

/**
 * A department promises another to be done with what it was given so many minutes of its working time
 * before the residents' promise. Throws a 400 or 409 that names the field.
 */
export const agreeInternally = (
	db: Db,
	actor: Actor,
	facts: InternalFacts,
	now = new Date()
): Promise<string> =>
	db.transaction(async (transaction) => {
		const tx = transaction as unknown as Db;
		mustManage(actor, facts);
		await mustBeAgreeable(tx, facts);
		const { municipalityId, departmentId, forDepartmentId, serviceId, minutes } = facts;
		const id = newId(now);
		await tx.insert(internals).values({
			id,
			municipalityId,
			departmentId,
			forDepartmentId,
			serviceId,
			minutes,
			since: now
		});
		await changed(tx, actor, facts, 'internal_agreement.made', id, now);
		return id;
	});

/** It is agreed no longer; what stood under it before stays in the books. Throws a 404 where there is none. */
export const endInternal = (
	db: Db,
	actor: Actor,
	facts: At & { internalId: string },
	now = new Date()
) =>
	db.transaction(async (transaction) => {
		const tx = transaction as unknown as Db;
		mustManage(actor, facts);
		const { municipalityId, internalId } = facts;
		const ended = isId(internalId)
			? await tx
					.update(internals)
					.set({ until: now })
					.where(
						and(
							eq(internals.id, internalId),
							eq(internals.municipalityId, municipalityId),
							isNull(internals.until)
						)
					)
					.returning({ id: internals.id })
			: [];
		if (!ended.length) throw notFound();
		await changed(tx, actor, facts, 'internal_agreement.ended', internalId, now);
	});

/** Open cases are reckoned anew, and who did it is written down. */
async function changed(
	tx: Db,
	actor: Actor,
	{ municipalityId }: At,
	deed: string,
	thingId: string,
	now: Date
) {
	await enqueue(tx, policyMoved, { municipalityId });
	await record(tx, actor, { municipalityId, deed, thing: deed.split('.')[0], thingId }, now);
}
