import { eq } from 'drizzle-orm';
import type { Db } from '../../platform/server/db.ts';
import type { Outcome } from '../channel.ts';
import { after, isLost } from '../outcomes.ts';
import { sendInstead } from './instead.ts';
import { messages } from './schema.ts';

type Columns = Partial<typeof messages.$inferInsert>;

/**
 * Moves a message on by a piece of news, never backwards, and sends it another way when it is lost.
 * `told` is written whether the news is late or not. Joins the caller's transaction. Answers whether
 * anything moved; null where there is no such message.
 */
export async function moveOn(
	tx: Db,
	id: string,
	news: Outcome,
	now: Date,
	told: Columns = {}
): Promise<boolean | null> {
	const [message] = await tx.select().from(messages).where(eq(messages.id, id)).for('update');
	if (!message) return null;
	const state = message.outcome ?? 'queued';
	const next = after(state, news);
	const moves = next !== state;
	const set: Columns = moves ? { ...told, outcome: news, outcomeAt: now } : told;
	if (Object.keys(set).length) await tx.update(messages).set(set).where(eq(messages.id, id));
	if (moves && isLost(next)) await sendInstead(tx, message, now);
	return moves;
}
