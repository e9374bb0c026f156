import { and, desc, eq, isNotNull, isNull, lt, notInArray } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { chosenFirst } from '../../identity/server/index.ts';
import { contactPoints, personContacts } from '../../identity/server/schema.ts';
import { unseal } from '../../platform/server/keys.ts';
import type { Db } from '../../platform/server/db.ts';
import { templates } from '../templates.ts';
import { followings, messages, pushSubscriptions } from './schema.ts';

const codes = Object.entries(templates)
	.filter(([, kind]) => kind === 'code')
	.map(([code]) => code);

const perPage = 30;

/** What a person was told, newest first, codes left out. Thirty at a time, older than `before`. */
export async function myMessages(db: Db, actor: { id: string }, before?: Date) {
	const found = await db
		.select()
		.from(messages)
		.where(
			and(
				eq(messages.personId, actor.id),
				notInArray(messages.template, codes),
				before ? lt(messages.createdAt, before) : undefined
			)
		)
		.orderBy(desc(messages.createdAt))
		.limit(perPage);
	return {
		more: found.length === perPage ? found[perPage - 1].createdAt : null,
		messages: found.map((row) => ({
			id: row.id,
			title: row.title,
			// The foot of a letter is about the letter, not about the matter.
			text: row.textSealed ? unseal('message', row.textSealed, row.id).split('\n\n-- \n')[0] : '',
			channel: row.channel,
			language: row.language,
			path: row.path,
			at: row.outcomeAt ?? row.createdAt,
			waits: row.outcome === null,
			lost: row.outcome === 'failed' || row.outcome === 'gone'
		}))
	};
}

/** The ways by which a person can be reached: what a settings page may offer. */
export async function myWays(db: Db, actor: { id: string }) {
	const contacts = await db
		.select({ kind: contactPoints.kind, masked: contactPoints.masked })
		.from(personContacts)
		.innerJoin(contactPoints, eq(contactPoints.id, personContacts.contactPointId))
		.where(
			and(
				eq(personContacts.personId, actor.id),
				isNull(personContacts.withdrawnAt),
				isNotNull(contactPoints.verifiedAt),
				isNull(contactPoints.bouncedAt)
			)
		)
		.orderBy(...chosenFirst);
	const phones = await db.$count(
		pushSubscriptions,
		and(eq(pushSubscriptions.personId, actor.id), isNull(pushSubscriptions.goneAt))
	);
	return {
		email: contacts.find(({ kind }) => kind === 'email')?.masked ?? null,
		sms: contacts.find(({ kind }) => kind === 'phone')?.masked ?? null,
		phones
	};
}

/** Stops everything a person follows, and leaves their settings as they are. */
export async function unfollowAll(db: Db, actor: { id: string }, now = new Date()) {
	await db.transaction(async (tx) => {
		await tx
			.update(followings)
			.set({ endedAt: now })
			.where(and(eq(followings.personId, actor.id), isNull(followings.endedAt)));
		await record(
			tx,
			actor,
			{ municipalityId: null, deed: 'messages.unfollowed_all', thing: 'person', thingId: actor.id },
			now
		);
	});
}
