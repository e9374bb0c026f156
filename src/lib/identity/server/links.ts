import { createHash, randomBytes } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { later } from '../../platform/time.ts';
import type { Db } from '../../platform/server/db.ts';
import type { NewGrant } from '../permissions.ts';
import { linkLife, linkObstacle } from '../rules.ts';
import { linkWords } from '../wording.ts';
import { invitations } from './schema.ts';

/** A link on its way to somebody: whoever asked puts it into a message within the same transaction. */
export interface SentLink {
	kind: 'invitation' | 'password_reset';
	token: string;
	id: string;
	municipalityId: string;
	contactPointId: string;
	personId: string | null;
	name: string;
	language: string;
	grants: NewGrant[];
	expiresAt: Date;
}
export type TellLink = (tx: Db, sent: SentLink) => Promise<unknown>;

/** Only this is stored: whoever reads the table cannot use the link. */
const hash = (token: string) => createHash('sha256').update(token).digest('hex');

type NewLink = Pick<
	SentLink,
	'kind' | 'municipalityId' | 'contactPointId' | 'personId' | 'name'
> & {
	grants?: NewGrant[];
	createdBy: string | null;
	language?: string;
};

/** Makes a link that works once, and tells whoever sends it within the same transaction. Answers its id. */
export async function makeLink(tx: Db, facts: NewLink, tell: TellLink, now: Date): Promise<string> {
	const id = newId(now);
	const token = randomBytes(32).toString('base64url');
	const expiresAt = later(now, linkLife[facts.kind]);
	const { language = 'en', grants = [], ...row } = facts;
	await tx
		.insert(invitations)
		.values({ id, tokenHash: hash(token), createdAt: now, expiresAt, grants, ...row });
	await tell(tx, { ...row, grants, id, token, expiresAt, language });
	return id;
}

/** Puts a deed done with a link on record. */
export const noteLink = (
	tx: Db,
	actor: { id: string } | null,
	municipalityId: string | null,
	deed: string,
	thingId: string,
	now: Date,
	details?: Record<string, unknown>
) => record(tx, actor, { municipalityId, deed, thing: 'invitation', thingId, details }, now);

/** What the page behind a link shows. @throws Refusal 409 when the link opens nothing */
export async function openLink(db: Db, kind: SentLink['kind'], token: string, now = new Date()) {
	const [row] = await db
		.select()
		.from(invitations)
		.where(and(eq(invitations.tokenHash, hash(token)), eq(invitations.kind, kind)));
	const obstacle = linkObstacle(row, now);
	return obstacle ? { obstacle: linkWords[obstacle] } : { name: row.name, grants: row.grants };
}

/** Finds a link to use it now. @throws Refusal 409 when it opens nothing */
export async function lockLink(tx: Db, kind: SentLink['kind'], token: string, now: Date) {
	const [row] = await tx
		.select()
		.from(invitations)
		.where(and(eq(invitations.tokenHash, hash(token)), eq(invitations.kind, kind)))
		.for('update');
	const obstacle = linkObstacle(row, now);
	if (obstacle) throw new Refusal(409, linkWords[obstacle]);
	return row;
}
