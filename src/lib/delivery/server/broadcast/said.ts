import { eq } from 'drizzle-orm';
import type { Db } from '../../../platform/server/db.ts';
import { municipalityById, type Municipality } from '../../../identity/server/index.ts';
import type { ChannelName } from '../../channel.ts';
import { originOf } from '../links.ts';
import { broadcasts, broadcastTexts } from './schema.ts';

export type Broadcast = typeof broadcasts.$inferSelect;
type Text = typeof broadcastTexts.$inferSelect;

/** A broadcast and everything it says. Nothing of it changes once it is open, so a process reads it once. */
export interface Spoken {
	broadcast: Broadcast;
	municipality: Municipality;
	/** The page it is about, with its origin. */
	url: string;
	/** What is said over a channel in a language. */
	words(channel: ChannelName, language: string): Text;
}

/** Stands in a text for the link that is each reader's own. */
export const ownLink = '\u{E000}';

const most = 50;
const known = new WeakMap<object, Map<number, Promise<Spoken>>>();

/** What broadcast number `no` says. */
export function spokenBy(db: Db, no: number): Promise<Spoken> {
	let mine = known.get(db);
	if (!mine) known.set(db, (mine = new Map()));
	const before = mine.get(no);
	if (before) return before;
	if (mine.size >= most) mine.clear();
	const read = readSpoken(db, no);
	mine.set(no, read);
	read.catch(() => mine.delete(no));
	return read;
}

async function readSpoken(db: Db, no: number): Promise<Spoken> {
	const [broadcast] = await db.select().from(broadcasts).where(eq(broadcasts.no, no));
	const municipality = await municipalityById(db, broadcast.municipalityId);
	if (!municipality) throw new Error(`No municipality ${broadcast.municipalityId}`);
	const all = await db
		.select()
		.from(broadcastTexts)
		.where(eq(broadcastTexts.broadcastId, broadcast.id));
	const texts = new Map(all.map((each) => [`${each.channel}/${each.language}`, each]));
	return {
		broadcast,
		municipality,
		url: originOf(municipality) + broadcast.path,
		words(channel, language) {
			const said = texts.get(`${channel}/${language}`) ?? texts.get(`${channel}/en`);
			if (!said) throw new Error(`Broadcast ${no} says nothing over ${channel}`);
			return said;
		}
	};
}
