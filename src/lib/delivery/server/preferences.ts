import { and, eq, isNull } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { m } from '../../i18n/index.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import type { ChannelName } from '../channel.ts';
import { usualWishes, type QuietHours } from '../rules.ts';
import { messageLanguages } from '../wording.ts';
import { preferences } from './schema.ts';

/** Whose wishes: a person's, or those of a bare contact. */
export type Holder = { personId: string } | { contactPointId: string };

/** How somebody wants to hear from us, as the settings pages show it. */
export interface Settings {
	channel: ChannelName | null;
	language: string | null;
	quiet: QuietHours;
	optedOut: string[];
	digest: 'none' | 'daily';
	/** Messages say only that there is news, and nobody who asks is told how they are. */
	concealed: boolean;
}

const held = (holder: Holder) =>
	'personId' in holder
		? and(eq(preferences.personId, holder.personId), isNull(preferences.contactPointId))
		: and(eq(preferences.contactPointId, holder.contactPointId), isNull(preferences.personId));

/** The wishes of somebody, or what goes for everybody who never said. */
export async function settingsOf(db: Db, holder: Holder): Promise<Settings> {
	const [row] = await db.select().from(preferences).where(held(holder));
	if (!row) return { ...usualWishes, digest: 'none', concealed: false };
	return {
		channel: row.channel,
		language: row.language,
		quiet: { from: row.quietFrom, to: row.quietTo },
		optedOut: row.optedOut,
		digest: row.digest,
		concealed: row.concealed
	};
}

/** Whether somebody is concealed. */
export const isConcealed = async (db: Db, personId: string): Promise<boolean> =>
	(await settingsOf(db, { personId })).concealed;

/**
 * Changes what is given and leaves the rest. Joins the caller's transaction.
 * @throws Refusal 400 for a language we have no words in, or hours that are none
 */
export async function changeSettings(
	tx: Db,
	holder: Holder,
	wishes: Partial<Settings>,
	now = new Date()
) {
	if (wishes.language && !messageLanguages.includes(wishes.language))
		throw new Refusal(400, m.account_language_unknown(), 'language');
	const { quiet } = wishes;
	if (
		quiet &&
		![quiet.from, quiet.to].every((each) => Number.isInteger(each) && each >= 0 && each < 1440)
	)
		throw new Refusal(400, m.account_quiet_wrong(), 'quiet_from');

	const set = {
		channel: wishes.channel,
		language: wishes.language,
		quietFrom: quiet?.from,
		quietTo: quiet?.to,
		optedOut: wishes.optedOut?.slice(0, 50),
		digest: wishes.digest,
		concealed: wishes.concealed,
		updatedAt: now
	};
	await tx
		.insert(preferences)
		.values({ id: newId(now), ...holder, ...set })
		.onConflictDoUpdate({ target: [preferences.personId, preferences.contactPointId], set });
}

/** A person changes how they hear from us, on their own page. */
export async function changeMySettings(
	db: Db,
	actor: { id: string },
	wishes: Partial<Settings>,
	now = new Date()
) {
	await db.transaction(async (tx) => {
		await changeSettings(tx, { personId: actor.id }, wishes, now);
		await record(
			tx,
			actor,
			{ municipalityId: null, deed: 'messages.settings', thing: 'person', thingId: actor.id },
			now
		);
	});
}
