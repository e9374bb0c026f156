import { and, eq, inArray, isNull, notInArray, or, sql } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { stateType } from '../../cases/rules.ts';
import { m } from '../../i18n/index.ts';
import type { Asker } from '../../identity/asker.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { cleanLine } from '../../platform/text.ts';
import { holdBack } from './hold-back.ts';
import { issues, supports } from './schema.ts';
import { byDevice, lockStanding, nobodyNamed, supportOf, whoAsks } from './standing.ts';

export interface Support {
	municipalityId: string;
	reference: string;
	/** Their own address, if they give it: counts households and tells the crew. */
	address?: string;
}

const longestAddress = 200;

/**
 * "This affects me too": once per person or device, however often it is sent. A later address is added
 * to the earlier word. The counts move in the same transaction.
 * @throws 404 for what they may not see, 409 for their own report or one that is at its end
 */
export const support = (db: Db, asker: Asker, facts: Support, now = new Date()) =>
	db.transaction(async (tx) => {
		const { issue, kase, part } = await lockStanding(
			tx,
			asker,
			facts.municipalityId,
			facts.reference
		);
		if (part === 'reporter') throw new Refusal(409, m.refusals_own_support());
		if (stateType[kase.state] === 'closed') throw new Refusal(409, m.refusals_closed());
		const address = readAddress(facts.address);

		const before = await supportOf(tx, asker, issue.id);
		if (before && (!address || before.address === address)) return;
		if (before) await tx.update(supports).set({ address }).where(eq(supports.id, before.id));
		else {
			await holdBack(tx, asker, 'support', now);
			await join(tx, asker, issue, address, now);
		}

		await countSupports(tx, issue.id);
		await record(
			tx,
			nobodyNamed,
			{
				municipalityId: issue.municipalityId,
				deed: 'issue.supported',
				thing: 'issue',
				thingId: issue.id
			},
			now
		);
	});

function readAddress(sent: string | undefined): string | null {
	const address = cleanLine(sent ?? '');
	if (address.length > longestAddress)
		throw new Refusal(400, m.refusals_address_long({ most: longestAddress }), 'address');
	return address || null;
}

async function join(
	tx: Db,
	asker: Asker,
	{ id, municipalityId }: { id: string; municipalityId: string },
	address: string | null,
	now: Date
) {
	const said = {
		address,
		personId: asker.actor?.id ?? null,
		verified: asker.actor !== null,
		at: now,
		withdrawnAt: null
	};
	await tx
		.insert(supports)
		.values({ id: newId(now), municipalityId, issueId: id, byWhom: whoAsks(asker), ...said })
		.onConflictDoUpdate({ target: [supports.issueId, supports.byWhom], set: said });
}

/** Takes "this affects me too" back. Saying it twice changes nothing. */
export const withdrawSupport = (
	db: Db,
	asker: Asker,
	{ municipalityId, reference }: Omit<Support, 'address'>,
	now = new Date()
) =>
	db.transaction(async (tx) => {
		const { issue } = await lockStanding(tx, asker, municipalityId, reference);
		const before = await supportOf(tx, asker, issue.id);
		if (!before) return;

		await tx
			.update(supports)
			.set({ withdrawnAt: now, address: null })
			.where(and(eq(supports.id, before.id), isNull(supports.withdrawnAt)));
		await countSupports(tx, issue.id);
		await record(
			tx,
			nobodyNamed,
			{ municipalityId, deed: 'issue.unsupported', thing: 'issue', thingId: issue.id },
			now
		);
	});

/** Households: the reporter's, and every different address; people who gave none count as one each. */
const countSupports = (tx: Db, issueId: string) =>
	tx
		.update(issues)
		.set({
			supportCount: sql`(select count(*) from ${supports} where ${supports.issueId} = ${issueId} and ${supports.withdrawnAt} is null)`,
			householdCount: sql`1 + (select count(distinct coalesce(lower(${supports.address}), ${supports.id}::text)) from ${supports} where ${supports.issueId} = ${issueId} and ${supports.withdrawnAt} is null)`
		})
		.where(eq(issues.id, issueId));

/**
 * Remembers the contact somebody without an account follows an issue with. Typing a number proves
 * nothing: their word gains weight when it is proved.
 */
export async function standBehind(tx: Db, asker: Asker, issueId: string, contactPointId: string) {
	const said = await supportOf(tx, asker, issueId);
	if (said && !said.personId && !said.verified)
		await tx.update(supports).set({ contactPointId }).where(eq(supports.id, said.id));
}

/**
 * Supports gain weight when their contact is proved: those it was given with, and those of the phone
 * that proved it. One contact is one voice on an issue, however many phones typed it in.
 */
export async function verifySupports(
	tx: Db,
	{ contactPointId, device }: { contactPointId: string; device?: string }
) {
	const theirs = or(
		eq(supports.contactPointId, contactPointId),
		device ? eq(supports.byWhom, byDevice(device)) : undefined
	);
	const counted = tx
		.select({ issueId: supports.issueId })
		.from(supports)
		.where(and(eq(supports.contactPointId, contactPointId), eq(supports.verified, true)));
	const first = tx
		.selectDistinctOn([supports.issueId], { id: supports.id })
		.from(supports)
		.where(
			and(
				theirs,
				eq(supports.verified, false),
				isNull(supports.withdrawnAt),
				notInArray(supports.issueId, counted)
			)
		)
		.orderBy(supports.issueId, supports.at);
	await tx
		.update(supports)
		.set({ verified: true, contactPointId })
		.where(inArray(supports.id, first));
}

/** How many neighbours stand behind an issue with a proved contact. */
export const verifiedSupports = (tx: Db, issueId: string) =>
	tx.$count(
		supports,
		and(eq(supports.issueId, issueId), eq(supports.verified, true), isNull(supports.withdrawnAt))
	);
