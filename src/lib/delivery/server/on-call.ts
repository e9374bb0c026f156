import { and, eq, gt, inArray, isNull, lte, ne, or } from 'drizzle-orm';
import { permissions, type Role } from '../../identity/permissions.ts';
import { municipalityById } from '../../identity/server/index.ts';
import { grants, municipalities, people } from '../../identity/server/schema.ts';
import type { Db } from '../../platform/server/db.ts';
import type { ChannelName } from '../channel.ts';
import { usualWishes, type Contact } from '../rules.ts';
import { ownContacts, pushable } from './recipients.ts';
import { draft, post } from './send.ts';

export interface Page {
	/** Null: everybody on call in every municipality that is served here. */
	municipalityId: string | null;
	/** Names what happened: nobody is paged twice for it. */
	key: string;
	title: string;
	/** Complete without the title: an SMS says only this. */
	text: string;
	/** Where to look. */
	path?: string;
	/** Channels that are down: nothing is sent there. */
	avoid?: ChannelName[];
	/** Exactly these, instead of everybody on call. In training they are told inside the product only. */
	people?: string[];
}

const onCallRoles = Object.keys(permissions['channel.on_call']) as Role[];

/** Who is on call now, each once a municipality. */
async function onCall(tx: Db, municipalityId: string | null, now: Date) {
	return await tx
		.selectDistinct({ personId: grants.personId, municipalityId: grants.municipalityId })
		.from(grants)
		.innerJoin(people, eq(people.id, grants.personId))
		.innerJoin(municipalities, eq(municipalities.id, grants.municipalityId))
		.where(
			and(
				inArray(grants.role, onCallRoles),
				lte(grants.startsAt, now),
				or(isNull(grants.endsAt), gt(grants.endsAt, now)),
				isNull(people.erasedAt),
				ne(municipalities.kind, 'exercise'),
				municipalityId ? eq(grants.municipalityId, municipalityId) : eq(municipalities.active, true)
			)
		);
}

/**
 * Tells whoever is on call, by every way that works at once: push, e-mail, SMS and inside the product, whatever
 * they opted out of and whatever the hour. The same key pages nobody twice. Joins the caller's
 * transaction. Answers with how many people were told.
 */
export async function pageOnCall(tx: Db, page: Page, now = new Date()): Promise<number> {
	const found = page.people ? await named(tx, page) : await onCall(tx, page.municipalityId, now);
	const ids = [...new Set(found.map(({ personId }) => personId))];
	const contacts = await ownContacts(tx, ids);
	const phones = await pushable(tx, ids, []);
	const told = new Set<string>();
	for (const { personId, municipalityId } of found) {
		if (told.has(personId)) continue;
		const municipality = await municipalityById(tx, municipalityId);
		if (!municipality) continue;
		const exercise = municipality.kind === 'exercise';
		const own = exercise ? [] : (contacts.get(personId) ?? []);
		const canPush = !exercise && phones.has(personId);
		const rows = waysTo(own, canPush, page.avoid).flatMap(({ channel, contact }) => {
			const row = draft(
				municipality,
				{
					municipalityId,
					subject: 'channel',
					subjectId: page.key,
					title: page.title,
					text: page.text,
					path: page.path ?? '/office/channels',
					urgency: 'emergency'
				},
				{ personId, contactPointId: contact?.id, channel, language: 'en' },
				{ contact, own: [], hasPerson: true, canPush, wishes: usualWishes },
				() => `page/${page.key}/${channel}/${personId}`,
				now
			);
			return 'skipped' in row ? [] : [row];
		});
		await post(tx, municipality, rows, now);
		told.add(personId);
	}
	return told.size;
}

async function named(tx: Db, { people: wanted = [], municipalityId }: Page) {
	if (!wanted.length || !municipalityId) return [];
	const found = await tx
		.select({ personId: people.id })
		.from(people)
		.where(and(inArray(people.id, wanted), isNull(people.erasedAt)));
	return found.map(({ personId }) => ({ personId, municipalityId }));
}

/** One proved contact of each kind, their phones that take pushes, and the inbox. */
function waysTo(own: Contact[], canPush: boolean, avoid: ChannelName[] = []) {
	const usable = own.filter(({ verified, bounced }) => verified && !bounced);
	const ways: Array<{ channel: ChannelName; contact: Contact | null }> = [
		{ channel: 'inbox', contact: null }
	];
	if (canPush && !avoid.includes('web_push')) ways.push({ channel: 'web_push', contact: null });
	for (const [channel, kind] of [
		['email', 'email'],
		['sms', 'phone']
	] as const) {
		const contact = usable.find((each) => each.kind === kind);
		if (contact && !avoid.includes(channel)) ways.push({ channel, contact });
	}
	return ways;
}
