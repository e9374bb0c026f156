import { timingSafeEqual } from 'node:crypto';
import { fingerprint } from '../../platform/server/keys.ts';
import { days } from '../../platform/time.ts';
import { byContact, byPerson, theReporter } from './standing.ts';

/** Whom a message asked "is it fixed?", and about which claim. */
export interface Answerer {
	issueId: string;
	/** The event of `resolved_claimed`: an old message does not answer a later claim. */
	claimEventId: string;
	as: 'reporter' | 'supporter';
	/** A person with an account, or the bare contact the message went to. */
	who: { personId: string } | { contactPointId: string };
}

const lifetime = days(60);
const macBytes = 16;

const packed = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex');
const unpacked = (bytes: Buffer) =>
	bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const macOf = (body: Buffer) =>
	Buffer.from(fingerprint('link-token', `answer:${body.toString('hex')}`), 'hex').subarray(
		0,
		macBytes
	);

/**
 * The token of a link that answers "is it fixed?" without account or receipt: base64url, 94 characters,
 * signed, good for 60 days and for one claim. Put it in `/issues/REFERENCE/fixed?t=TOKEN`.
 */
export function answerToken(
	{ issueId, claimEventId, as, who }: Answerer,
	now = new Date()
): string {
	const isPerson = 'personId' in who;
	const head = Buffer.alloc(6);
	head[0] = (as === 'reporter' ? 1 : 0) | (isPerson ? 2 : 0);
	head.writeUInt32BE(Math.floor((now.getTime() + lifetime) / 1000), 2);
	const body = Buffer.concat([
		head,
		packed(issueId),
		packed(claimEventId),
		packed(isPerson ? who.personId : who.contactPointId)
	]);
	return Buffer.concat([body, macOf(body)]).toString('base64url');
}

/** The query of that link for whoever a message asks; none for a bare phone that nobody can be told by. */
export function claimQuery(
	asked: Omit<Answerer, 'issueId' | 'who'> & {
		subjectId: string;
		personId: string | null;
		contactPointId: string | null;
	},
	now: Date
): string | undefined {
	const { subjectId, claimEventId, as, personId, contactPointId } = asked;
	const who = personId ? { personId } : contactPointId ? { contactPointId } : null;
	return who ? `t=${answerToken({ issueId: subjectId, claimEventId, as, who }, now)}` : undefined;
}

/** Whom the token names, or null when it is forged, spoilt or too old. */
export function readAnswerToken(token: string, now = new Date()): Answerer | null {
	const bytes = Buffer.from(token, 'base64url');
	const size = 6 + 3 * 16;
	if (bytes.length !== size + macBytes) return null;

	const body = bytes.subarray(0, size);
	if (!timingSafeEqual(macOf(body), bytes.subarray(size))) return null;
	if (body.readUInt32BE(2) * 1000 < now.getTime()) return null;

	const id = unpacked(body.subarray(38, 54));
	return {
		issueId: unpacked(body.subarray(6, 22)),
		claimEventId: unpacked(body.subarray(22, 38)),
		as: body[0] & 1 ? 'reporter' : 'supporter',
		who: body[0] & 2 ? { personId: id } : { contactPointId: id }
	};
}

/** How the answers know the person a token names. */
export const answererName = ({ issueId, as, who }: Answerer) =>
	as === 'reporter'
		? theReporter(issueId)
		: 'personId' in who
			? byPerson(who.personId)
			: byContact(who.contactPointId);
