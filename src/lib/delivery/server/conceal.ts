import { sql, type SQL } from 'drizzle-orm';
import { isLocale, m } from '../../i18n/index.ts';
import { rows, type Db } from '../../platform/server/db.ts';
import type { Parcel } from '../channel.ts';

/** Whether a person, or anybody whose address it is, must not be seen with what they are told. */
export const isHidden = (personId: SQL, contactPointId: SQL) => sql`(
	exists (select from preferences own where own.person_id = ${personId} and own.contact_point_id is null and own.concealed)
	or exists (select from person_contacts theirs join preferences own on own.person_id = theirs.person_id
		where theirs.contact_point_id = ${contactPointId} and theirs.withdrawn_at is null
			and own.contact_point_id is null and own.concealed))`;

/** The same of one message. */
export async function mustConceal(
	db: Db,
	{ personId, contactPointId }: { personId: string | null; contactPointId: string | null }
): Promise<boolean> {
	const [{ hidden }] = await rows<{ hidden: boolean }>(
		db,
		sql`select ${isHidden(sql`${personId}::uuid`, sql`${contactPointId}::uuid`)} as hidden`
	);
	return hidden;
}

/**
 * The e-mail or SMS of somebody who must not be seen with it: that there is news, and a link behind which
 * its title stands, without a word of it in a subject or a preview. What has no such link goes as it is.
 */
export function withoutWords<
	Each extends Pick<Parcel, 'title' | 'text' | 'language' | 'unsubscribe'>
>(parcel: Each): Each {
	if (!parcel.unsubscribe) return parcel;
	const { language } = parcel;
	const title = m.offline_push_title({}, { locale: isLocale(language) ? language : 'en' });
	return { ...parcel, title, text: `${title}: ${parcel.unsubscribe}` };
}
