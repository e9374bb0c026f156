import { and, desc, eq, isNotNull, sql } from 'drizzle-orm';
import { record } from '../../../audit/server/index.ts';
import { isConcealed } from '../../../delivery/server/index.ts';
import { m } from '../../../i18n/index.ts';
import type { Asker } from '../../../identity/asker.ts';
import { contactIndex, readContact, spend } from '../../../identity/server/index.ts';
import { newId } from '../../../platform/ids.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import { fingerprint } from '../../../platform/server/keys.ts';
import { rows, type Db } from '../../../platform/server/db.ts';
import { cleanLine } from '../../../platform/text.ts';
import { hours } from '../../../platform/time.ts';
import type { Saying } from '../../people.ts';
import { alerts, incidents } from '../schema.ts';
import { checkIns, familyConsents } from './schema.ts';

/** What we say about somebody: when they said that they are safe or have left. Null is all else, and says nothing. */
export type FamilyAnswer = { said: Exclude<Saying, 'help'>; at: Date } | null;

const limits = {
	device: { points: 10, window: hours(1) },
	network: { points: 300, window: hours(1) },
	/** About one person, by whoever asks. */
	about: { points: 20, window: hours(1) }
};
const longestName = 60;

/** First name and number as one: knowing one of them says nothing. Null where either is missing or no number. */
function knownBy(incidentId: string, name: string, phone: string) {
	const first = cleanLine(name).toLocaleLowerCase('en-ZA').normalize('NFD').replace(/\p{M}/gu, '');
	const number = readContact(phone);
	if (!first || first.length > longestName || number?.kind !== 'phone') return null;
	return {
		mark: fingerprint('check-in', `${incidentId}/family:${first}/${number.value}`),
		numberIndex: contactIndex(number)
	};
}

/**
 * With a check-in somebody lets their family ask, under the first name and number they give. It is kept
 * whoever says so, and answers nobody before that number is proved theirs.
 * @throws 400 where one is missing
 */
export async function letFamilyAsk(
	tx: Db,
	asker: Asker,
	{
		incidentId,
		checkInId,
		name,
		phone
	}: Record<'incidentId' | 'checkInId' | 'name' | 'phone', string>
) {
	const known = knownBy(incidentId, name, phone);
	if (!known) throw new Refusal(400, m.family_missing(), 'family_name');
	await tx
		.insert(familyConsents)
		.values({ checkInId, incidentId, knownBy: known.mark, personId: asker.actor?.id ?? null });
}

/**
 * Family asks about somebody by first name and number. Only what that person allowed with their newest
 * word is answered, once a code proved that the number is theirs, and never that they need help; unknown,
 * not allowed, not proved and concealed all sound the same.
 * @throws Refusal 404 for an unknown warning, 400 without name or number, 429 asked too often
 */
export const askFamily = (
	db: Db,
	asker: Asker,
	{
		municipalityId,
		number,
		name,
		phone
	}: { municipalityId: string; number: string; name: string; phone: string },
	now = new Date()
): Promise<FamilyAnswer> =>
	db.transaction(async (tx) => {
		const incidentId = await publicIncident(tx, municipalityId, number);
		const known = knownBy(incidentId, name, phone);
		if (!known) throw new Refusal(400, m.family_missing(), cleanLine(name) ? 'phone' : 'name');
		for (const [whose, budget] of [
			[asker.device, limits.device],
			[asker.network, limits.network],
			[known.mark, limits.about]
		] as const)
			if (whose && (await spend(tx, `family/${whose}`, budget, now)))
				throw new Refusal(429, m.family_often());
		const answer = await newestWord(tx, incidentId, known);
		// Who was asked about stands nowhere, not even as a fingerprint.
		await record(
			tx,
			asker.actor,
			{
				municipalityId,
				deed: 'alert.family_asked',
				thing: 'alert_incident',
				thingId: incidentId,
				details: { answered: answer !== null }
			},
			now
		);
		return answer;
	});

async function publicIncident(tx: Db, municipalityId: string, number: string): Promise<string> {
	const [found] = await tx
		.select({ id: incidents.id })
		.from(incidents)
		.innerJoin(alerts, and(eq(alerts.incidentId, incidents.id), isNotNull(alerts.liveAt)))
		.where(and(eq(incidents.municipalityId, municipalityId), eq(incidents.number, number)))
		.limit(1);
	if (!found) throw notFound();
	return found.id;
}

/** Whether the account that allowed it has proved this number by a code. */
const isProvedOf = (numberIndex: string) => sql<boolean>`exists (
	select from person_contacts pc join contact_points cp on cp.id = pc.contact_point_id
	where pc.person_id = ${familyConsents.personId} and pc.withdrawn_at is null
		and cp.value_index = ${numberIndex} and cp.verified_at is not null)`;

async function newestWord(
	tx: Db,
	incidentId: string,
	{ mark, numberIndex }: NonNullable<ReturnType<typeof knownBy>>
): Promise<FamilyAnswer> {
	const [allowed] = await tx
		.select({
			consent: familyConsents,
			word: checkIns,
			proved: isProvedOf(numberIndex).mapWith(Boolean)
		})
		.from(familyConsents)
		.innerJoin(checkIns, eq(checkIns.id, familyConsents.checkInId))
		.where(and(eq(familyConsents.incidentId, incidentId), eq(familyConsents.knownBy, mark)))
		.orderBy(desc(isProvedOf(numberIndex)), desc(checkIns.seq))
		.limit(1);
	// The same questions for everybody, so that the time it takes says nothing.
	const [newer] = await rows<{ count: number }>(
		tx,
		sql`select count(*)::int as count from alert_check_ins where incident_id = ${incidentId}::uuid
			and who_index = ${allowed?.word.whoIndex ?? ''} and seq > ${allowed?.word.seq ?? 0}::int`
	);
	const concealed = await isConcealed(tx, allowed?.consent.personId ?? newId());
	if (!allowed?.proved || Number(newer.count) > 0 || concealed || allowed.word.said === 'help')
		return null;
	return { said: allowed.word.said, at: allowed.word.at };
}
