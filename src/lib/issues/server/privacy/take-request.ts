import { and, eq, isNull } from 'drizzle-orm';
import { can, type Actor } from '../../../identity/permissions.ts';
import { findContact, readContact } from '../../../identity/server/index.ts';
import { people, personContacts, privacyRequests } from '../../../identity/server/schema.ts';
import { isId, newId } from '../../../platform/ids.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import type { Db } from '../../../platform/server/db.ts';
import { cleanLine } from '../../../platform/text.ts';
import {
	isIdentityCheck,
	isOfficeChannel,
	receivedObstacle,
	receivedWords
} from '../../privacy.ts';
import { readReference } from '../../reference.ts';
import { issues } from '../schema.ts';
import { fileRequest, whatIsAsked } from './requests.ts';

/** What the office writes down of a request that came by phone, by post or at the counter. */
export interface TakenRequest {
	municipalityId: string;
	/** Made by the page, so that sending it twice takes it in once. */
	deedId: string;
	channel: string;
	name: string;
	/** A phone number or e-mail of an account, or the reference of a report, as far as they gave one. */
	contact: string;
	reference: string;
	identityCheck: string;
	kind: string;
	words: string;
	receivedAt: Date;
}

/**
 * Takes in a request about personal details for somebody who did not ask by the web. Its 30 days run
 * from the day it came. It is tied to an account or a report only by what the person gave.
 * @throws Refusal 404 without `privacy.handle`, 400 naming the field
 */
export const takeRequest = (db: Db, actor: Actor, facts: TakenRequest, now = new Date()) =>
	db.transaction(async (tx) => {
		const { municipalityId, deedId, channel, identityCheck, receivedAt } = facts;
		if (!can(actor, 'privacy.handle', { municipalityId })) throw notFound();
		if (!isOfficeChannel(channel)) throw new Refusal(400, 'Choose how it came.', 'channel');
		const name = nameOf(facts.name);
		if (!isIdentityCheck(identityCheck))
			throw new Refusal(
				400,
				'Say how you made sure who asks. Nobody else may get or delete what we keep.',
				'identity'
			);
		const asked = whatIsAsked(facts);
		const obstacle = receivedObstacle(receivedAt, now);
		if (obstacle) throw new Refusal(400, receivedWords[obstacle], 'received');

		const personId = await accountOf(tx, facts.contact, name);
		const issueId = await reportOf(tx, facts, personId);
		const [sent] = await tx
			.select({ id: privacyRequests.id, dueAt: privacyRequests.dueAt })
			.from(privacyRequests)
			.where(
				and(
					eq(privacyRequests.id, isId(deedId) ? deedId : newId()),
					eq(privacyRequests.municipalityId, municipalityId)
				)
			);
		if (sent) return sent;
		const who = { municipalityId, personId, issueId, name, channel, identityCheck };
		const row = { id: isId(deedId) ? deedId : newId(now), ...who, ...asked, receivedAt };
		return fileRequest(tx, actor, { ...row, takenBy: actor.id }, now);
	});

function nameOf(typed: string): string {
	const name = cleanLine(typed);
	if (!name) throw new Refusal(400, 'Write the name of whoever asks.', 'name');
	if (name.length > 100)
		throw new Refusal(400, 'The name may have 100 characters at most.', 'name');
	return name;
}

/** The one account behind a contact; of several that share a telephone, the one of this name. */
async function accountOf(tx: Db, typed: string, name: string): Promise<string | null> {
	if (!typed.trim()) return null;
	const contact = readContact(typed);
	if (!contact)
		throw new Refusal(
			400,
			'Write a phone number or an e-mail address, or leave it empty.',
			'contact'
		);
	const contactPointId = await findContact(tx, contact);
	const found = contactPointId
		? await tx
				.selectDistinct({ id: people.id, name: people.name })
				.from(personContacts)
				.innerJoin(people, eq(people.id, personContacts.personId))
				.where(
					and(
						eq(personContacts.contactPointId, contactPointId),
						isNull(personContacts.withdrawnAt),
						isNull(people.erasedAt)
					)
				)
		: [];
	if (found.length < 2) return found[0]?.id ?? null;
	const namesakes = found.filter((each) => each.name.toLowerCase() === name.toLowerCase());
	if (namesakes.length === 1) return namesakes[0].id;
	throw new Refusal(
		409,
		'Several people use this contact. Write the name as they gave it in their account, or take the reference of a report.',
		'contact'
	);
}

async function reportOf(
	tx: Db,
	{ municipalityId, reference: typed }: TakenRequest,
	personId: string | null
): Promise<string | null> {
	if (!typed.trim()) return null;
	const reference = readReference(typed);
	const [found] = reference
		? await tx
				.select({ id: issues.id, reporterId: issues.reporterId })
				.from(issues)
				.where(and(eq(issues.municipalityId, municipalityId), eq(issues.reference, reference)))
		: [];
	if (!found) throw new Refusal(400, 'No report has this reference.', 'reference');
	if (personId && found.reporterId && found.reporterId !== personId)
		throw new Refusal(409, 'This report was made from another account.', 'reference');
	return found.id;
}
